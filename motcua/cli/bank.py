"""`motcua bank pay`: a bank made of software pays a VietQR code, and tells the desk by a signed message."""

import argparse
import secrets
import sys
from pathlib import Path

from motcua.cli.texts import say
from motcua.copies import replace
from motcua.desk import Invalid, Refused, system_clock
from motcua.notify.emulated_bank import make_message, read_vietqr, tell_desk
from motcua.notify.message import NoticeError

ID_BYTES = 6


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    pay = parts.add_parser("pay", help="pay a code", description="Pay a code as a banking app does.")
    pay.add_argument("--server", required=True, metavar="URL", help="the desk's address")
    pay.add_argument("--secret-file", type=Path, required=True, metavar="FILE", help="as DIR/keys/bank.secret")
    pay.add_argument("--qr", required=True, metavar="TEXT", help="what is in the VietQR code; - reads it from stdin")
    pay.add_argument("--amount", type=int, metavar="VND", help="another amount than that of the code")
    pay.add_argument("--words", metavar="TEXT", help="other words than those of the code")
    pay.add_argument("--transaction", default="", metavar="ID", help="the same number again is the same transfer")


def main(options: argparse.Namespace) -> int:
    """Pay, and say which transaction it was."""
    text = sys.stdin.readline() if options.qr == "-" else options.qr
    try:
        transfer = read_vietqr(text.strip())
    except ValueError:
        raise Invalid("fee.code", "This is not the text of a VietQR code.") from None
    if options.amount is not None:
        transfer = replace(transfer, amount=options.amount)
    if options.words is not None:
        transfer = replace(transfer, words=options.words)
    try:
        secret = options.secret_file.read_text(encoding="utf-8").strip().encode()
    except (OSError, ValueError):
        raise Refused("bank.secret", "The file with the secret cannot be read.") from None
    transaction = options.transaction or f"FT{secrets.token_hex(ID_BYTES).upper()}"
    body, headers = make_message(transfer, transaction, secret, int(system_clock.now().timestamp()))
    try:
        tell_desk(options.server, body, headers)
    except NoticeError as error:
        raise Refused("bank.refused", "The desk did not take it: %(why)s", why=f"{error.code} {error.reply}") from None
    print(say("Paid %(amount)s VND, transaction %(transaction)s", amount=transfer.amount, transaction=transaction))
    return 0
