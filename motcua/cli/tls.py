"""`motcua tls init|renew|show`: a certificate authority of the ward's own, and the certificate of its desk."""

import argparse
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from motcua.cli.door import open_reading, require_desk
from motcua.cli.texts import say
from motcua.desk import Invalid, Refused, system_clock
from motcua.desk.authority import (
    AuthorityFiles,
    compute_fingerprint,
    make_authority,
    make_certificate,
    read_authority,
    read_name,
    require_permitted,
)
from motcua.desk.certificates import read_names, read_pair
from motcua.desk.packing import STORE
from motcua.settings import store as settings_store
from motcua.web.language import mark
from motcua.web.origin import parse_place


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, about in (
        ("init", "make an authority of the ward's own and the desk's certificate"),
        ("renew", "make a new certificate of the same authority; a running desk takes it up by itself"),
        ("show", "say how long the certificate is good, for which names, and how screens trust it"),
    ):
        sub = verbs.add_parser(verb, help=about, description=about)
        sub.add_argument("--data", type=Path, required=True, metavar="DIR")
        if verb != "show":
            sub.add_argument(
                "--name", action="append", default=[], metavar="NAME", help="a name or address more; may be repeated"
            )


def main(options: argparse.Namespace) -> int:
    """Make, renew or show the certificate."""
    folder: Path = options.data
    now = system_clock.now()
    if options.verb != "show":
        more = [read_name(name) for name in options.name]
        if options.verb == "init":
            require_desk(folder)  # keys without a store would look like a desk that was lost
            make_authority(folder, [*more, *list_own_names(folder)], now)
            make_certificate(folder, [*more, *list_own_names(folder)], now)
        else:
            renew(folder, more)
    files = AuthorityFiles(folder)
    authority, _key = read_authority(folder)
    certificate = read_pair(files.certificate, files.key, now)
    print(
        say(
            "Certificate of the server: %(path)s, valid until %(date)s",
            path=files.certificate,
            date=f"{certificate.ends:%Y-%m-%d}",
        )
    )
    print(say("For: %(names)s", names=", ".join(certificate.names)))
    print(
        say(
            "Start the desk with it: motcua serve --data %(folder)s … --cert %(cert)s --key %(key)s",
            folder=folder,
            cert=files.certificate,
            key=files.key,
        )
    )
    print(say("Renew it before that day: motcua tls renew --data %(folder)s", folder=folder))
    print()
    print(
        say(
            "Authority that screens must trust: %(path)s, valid until %(date)s",
            path=files.authority,
            date=f"{authority.not_valid_after_utc:%Y-%m-%d}",
        )
    )
    print(say("Its SHA-256, to be compared on each device: %(print)s", print=compute_fingerprint(authority)))
    for line in HOW:
        print("  " + say(line, path=files.authority))
    return 0


HOW = (
    mark("Copy that file, and only that one, to each device (USB stick). Never copy tls.ca.key.pem."),
    mark(
        "Windows: give the file the ending .crt, double-click it, Install Certificate, Local Machine, Trusted "
        "Root Certification"
        " Authorities."
    ),
    mark(
        "Linux with Chromium: motcua-screen.sh --ca FILE does it. For the whole computer copy it to"
        " /usr/local/share/ca-certificates/motcua.crt and run update-ca-certificates."
    ),
    mark("Android: Settings, Security, Encryption & credentials, Install a certificate, CA certificate."),
    mark("iPad: open the file, install the profile; then Settings, General, About, Certificate Trust Settings."),
    mark("Agent: motcua agent --server https://… --ca FILE"),
    mark("Citizens' phones do not trust it. Give them a listener for guests: motcua serve … --guests 0.0.0.0:8081"),
)


def renew(folder: Path, more: Sequence[str]) -> None:
    """Write a new certificate for the names of the last one, this computer's addresses as they are now, and `more`."""
    files = AuthorityFiles(folder)
    authority, _key = read_authority(folder)
    require_permitted(authority, more)
    names = [*more, *_last_names(files)]
    for name in list_own_names(folder):
        try:
            require_permitted(authority, [name])
        except Refused:
            continue  # a name that this computer got later, and that nobody asked for
        names.append(name)
    make_certificate(folder, names, system_clock.now())


def _last_names(files: AuthorityFiles) -> Sequence[str]:
    try:
        return read_names(files.certificate)
    except Invalid:
        return ()


def list_own_names(folder: Path) -> list[str]:
    """Return the names and addresses under which this computer is reached in its network, and the host of the
    address for phones.
    """
    from motcua.run.network import list_interfaces
    from motcua.settings.base_address import is_here

    named = socket.gethostname().lower()
    names = [named, f"{named.partition('.')[0]}.local"]
    names += [
        item.address
        for item in list_interfaces()
        if not is_here(item.address) and not ip_address(item.address).is_global
    ]
    if (folder / STORE).exists():
        with open_reading(folder) as db:
            base = parse_place(settings_store.get_settings(db).web.base_url)
        names += [base[0]] if base is not None else []
    return list(dict.fromkeys(name for text in names if (name := _readable(text))))


def _readable(text: str) -> str:
    try:
        return read_name(text)
    except Invalid:
        return ""
