"""The options of `serve` and `run` that say how the desk is reached: TLS, servers in front of it, a listener for
guests' phones.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.cli.options import parse_port
from motcua.cli.texts import say
from motcua.desk import Invalid

if TYPE_CHECKING:
    from motcua.run.transport import Transport

# Nothing that opens a socket is imported up here: gevent has to change the standard library first.

ON, OFF, AUTO = "on", "off", "auto"
STRICT = {ON: True, OFF: False, AUTO: None}


def arguments(parser: argparse.ArgumentParser, environment: Mapping[str, str] | None = None) -> None:
    """Add the options; `environment` gives their defaults."""
    defaults = environment or {}
    proxies = defaults.get("BEHIND_PROXY", "").replace(",", " ").split()
    group = parser.add_argument_group("how the desk is reached")
    group.add_argument(
        "--cert",
        type=Path,
        default=defaults.get("CERT") or None,
        metavar="FILE",
        help="certificate and its chain (PEM): https",
    )
    group.add_argument(
        "--key",
        type=Path,
        default=defaults.get("KEY") or None,
        metavar="FILE",
        help="the certificate's private key (PEM)",
    )
    group.add_argument(
        "--behind-proxy",
        nargs="*",
        default=proxies or None,
        metavar="ADDRESS",
        help="believe X-Forwarded-For, -Proto and -Host of a web server at these addresses or networks (none "
        "named: on this computer)",
    )
    group.add_argument(
        "--guests",
        type=parse_listener,
        default=defaults.get("GUESTS") or None,
        metavar="HOST:PORT",
        help="a second listener for citizens' phones, which serves the public pages only",
    )
    group.add_argument(
        "--hsts",
        choices=list(STRICT),
        default=defaults.get("HSTS") or AUTO,
        help="let browsers keep to https (auto: when strangers trust it)",
    )


def parse_listener(text: str) -> tuple[str, int]:
    """Return host and port of a listener, e.g. `0.0.0.0:8081`, `[::]:8081`."""
    host, colon, number = text.rpartition(":")
    if not colon or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        raise argparse.ArgumentTypeError(
            say("%(value)s is not a valid address to listen on. Write it like 0.0.0.0:8081", value=text)
        )
    return host.strip("[]") or "0.0.0.0", parse_port(number)  # noqa: S104 -- no host means every address


def read_transport(options: argparse.Namespace) -> "Transport":
    """Return what the options say. Raises `Invalid`."""
    from motcua.run.transport import Transport
    from motcua.web.forwarded import NOBODY, BadNetworkError, read_trusted

    if (options.cert is None) != (options.key is None):
        raise Invalid("tls.half", "TLS needs both --cert FILE and --key FILE. Give the other one too.")
    try:
        trusted = NOBODY if options.behind_proxy is None else read_trusted(options.behind_proxy)
    except BadNetworkError as error:
        raise Invalid(
            "proxy.address",
            "--behind-proxy: “%(value)s” is not the address or network of a web server; write 192.168.1.5 or "
            "10.0.0.0/24.",
            value=error,
        ) from error
    pair = (options.cert, options.key) if options.cert is not None else None
    return Transport(pair, trusted, options.guests, STRICT[options.hsts])
