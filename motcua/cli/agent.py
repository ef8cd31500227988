"""`motcua agent`: drives the devices of this computer."""

import argparse
import os
from pathlib import Path
from urllib.parse import urlsplit

from motcua.agent.config import load
from motcua.agent.enrolment import get_token
from motcua.agent.run import Agent
from motcua.agent.troubles import Troubles
from motcua.agent.wire import require_authority
from motcua.cli.options import read_secret
from motcua.cli.texts import get_language
from motcua.desk import Invalid
from motcua.typed.codes import clean_token


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--server", required=True, metavar="URL", help="the desk's address, e.g. http://192.168.1.10:8080"
    )
    proof = parser.add_mutually_exclusive_group()
    proof.add_argument("--token", help="a token of the role agent")
    proof.add_argument("--token-file", type=Path, metavar="FILE", help="a file with that token; - is standard input")
    proof.add_argument(
        "--enrol", metavar="CODE", help="a one-time code from the desk's settings; later starts need neither"
    )
    parser.add_argument(
        "--ca",
        type=Path,
        default=os.environ.get("MOTCUA_CA") or None,
        metavar="FILE",
        help="the certificate of the authority that the desk's https is held against (PEM); default: $MOTCUA_CA, "
        "else the system's",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="agent.toml; without it tickets go into ./printed")


def main(options: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    server = clean_address(options.server)
    if options.ca is not None:
        require_authority(options.ca)
    troubles = Troubles()
    config = load(options.config, troubles)
    token = read_token(options) or get_token(
        server, options.enrol and clean_token(options.enrol), config.state, get_language(), options.ca
    )
    Agent(server, token, config, troubles, options.ca).run()
    return 0


def read_token(options: argparse.Namespace) -> str:
    """Return the token from the command line or from its file, empty if there is neither.

    Raises `OSError`, `Invalid`.
    """
    return read_secret(options.token_file) if options.token_file else clean_token(options.token or "")


def clean_address(text: str) -> str:
    """Return a server's address without a slash at its end. Raises `Invalid("server.address")`."""
    try:
        parts = urlsplit(text)
        fits = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.path in {"", "/"} and parts.port != 0
        )
    except ValueError:
        fits = False
    if not fits:
        raise Invalid(
            "server.address",
            "%(value)s is not the address of a server. Write it like http://192.168.1.10:8080",
            value=text,
        )
    return text.rstrip("/")
