"""A bank made of software: it reads a VietQR code as a banking app does, and tells the desk of the transfer.

Its messages have the form that the settings of fees have from the start. Real HTTP, real signature.
"""

import hashlib
import hmac
import json

from msgspec import Struct

from motcua.notify.posting import send_body

TIMEOUT_S, HEAD = 10.0, 4
PATH = "/api/v1/bank/notices"


class PaidTransfer(Struct, frozen=True):
    """What a payer's app reads from a code; the payer may change amount and words before paying."""

    bank: str
    account: str
    amount: int
    words: str


def read_vietqr(text: str) -> PaidTransfer:
    """Return what a code says. Raises `ValueError` for one that no banking app would pay."""
    fields = _split(text)
    receiver = _split(_split(fields["38"])["01"]) if "38" in fields else {}
    if "63" not in fields or not {"00", "01"} <= receiver.keys():
        raise ValueError("this is not a VietQR code of an account")
    more = _split(fields.get("62", ""))
    return PaidTransfer(receiver["00"], receiver["01"], int(fields.get("54", "0")), more.get("08", ""))


def _split(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    while text:
        name, length = text[:2], text[2:HEAD]
        if not length.isdigit() or len(text) < HEAD + int(length):
            raise ValueError("this is not a code of EMVCo's form")
        fields[name], text = text[HEAD : HEAD + int(length)], text[HEAD + int(length) :]
    return fields


def make_message(transfer: PaidTransfer, transaction: str, secret: bytes, at: int) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of the message about a transfer that was made at `at`."""
    body = json.dumps(
        {
            "id": transaction,
            "type": "credit",
            "account": transfer.account,
            "amount": transfer.amount,
            "description": transfer.words,
        },
        ensure_ascii=False,
    ).encode()
    signature = hmac.new(secret, str(at).encode() + b"." + body, hashlib.sha256).hexdigest()
    return body, {"Content-Type": "application/json", "X-Timestamp": str(at), "X-Signature": signature}


def tell_desk(server: str, body: bytes, headers: dict[str, str]) -> None:
    """Send a message to the desk at `server`. Raises `NoticeError`, whose codes begin with `bank`."""
    send_body("bank", server.rstrip("/") + PATH, body, headers, TIMEOUT_S, allow_local=True)
