"""A bank's message: whether it is the bank's, what it says, and which fee it pays. Pure.

Each bank and each agent has a form of its own, so that names of headers and places in the JSON are settings. A bank
that does something else altogether gets an adapter of its own beside `SignedWebhook`.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from motcua.desk.errors import Forbidden, Invalid
from motcua.dossiers.model.bank import BankMessage, NoticeOutcome
from motcua.dossiers.model.fees import Charge
from motcua.settings.model import FeeRules
from motcua.typed.lines import clean_line

TRANSACTION_MAX, WORDS_MAX, TIME_DIGITS = 80, 500, 12
AMOUNT_MAX = 10**12
_WHOLE = re.compile(r"([0-9]{1,13})(?:\.0{1,2})?", re.ASCII)
_END = re.compile(r"(?=([0-9]{6})[ ./-]?([0-9]{4,6})(?![0-9]))", re.ASCII)
"""The day and number at the end of a code; banks drop or change the signs between them."""


class BankAdapter(Protocol):
    """How one bank or agent tells of transfers."""

    def read(self, headers: Mapping[str, str], body: bytes, now_s: int) -> BankMessage | None:
        """Return what a message says, None where no money came in.

        Raises `Forbidden("bank.signature" | "bank.time")`, `Invalid("bank.form")`.
        """


class SignedWebhook:
    """A `POST` of JSON with an HMAC-SHA256 of the time and the body under a shared secret."""

    def __init__(self, form: FeeRules, secret: bytes) -> None:
        self._form, self._secret = form, secret

    def read(self, headers: Mapping[str, str], body: bytes, now_s: int) -> BankMessage | None:
        """Return what a message says, None where no money came in. Raises as the protocol says."""
        form, headers = self._form, {name.lower(): value for name, value in headers.items()}
        sent_at = headers.get(form.time_header.lower(), "") if form.time_header else ""
        signed = sent_at.encode() + b"." + body if form.time_header else body
        if not hmac.compare_digest(sign(self._secret, signed, form.signature_form), _find(headers, form)):
            raise Forbidden("bank.signature", "The signature of this message is not that of the bank.")
        if form.time_header and not _is_recent(sent_at, now_s, form.tolerance_s):
            raise Forbidden("bank.time", "This message is too old, or its time is not a number of seconds.")
        return read_message(form, body)


def sign(secret: bytes, signed: bytes, form: str) -> str:
    """Return the HMAC-SHA256 of `signed` as `hex` or `base64`."""
    digest = hmac.new(secret, signed, hashlib.sha256).digest()
    return digest.hex() if form == "hex" else base64.b64encode(digest).decode()


def _find(headers: Mapping[str, str], form: FeeRules) -> str:
    text = headers.get(form.signature_header.lower(), "").strip()
    text = text.removeprefix("sha256=")
    if not text.isascii():
        return ""
    return text.lower() if form.signature_form == "hex" else text


def _is_recent(text: str, now_s: int, tolerance_s: int) -> bool:
    is_number = text.isascii() and text.isdigit() and len(text) <= TIME_DIGITS
    return is_number and abs(int(text) - now_s) <= tolerance_s


def read_message(form: FeeRules, body: bytes) -> BankMessage | None:
    """Return what the JSON of a message says, None where no money came in. Raises `Invalid("bank.form")`."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise _make_refusal("JSON") from None
    if form.place_way and str(_dig(content, form.place_way) or "").casefold() != form.way_in.casefold():
        return None
    transaction = _read_text(content, form.place_id)
    if not transaction or len(transaction) > TRANSACTION_MAX:
        raise _make_refusal(form.place_id)
    amount = _WHOLE.fullmatch(_read_text(content, form.place_amount))
    if amount is None or not 0 < int(amount[1]) < AMOUNT_MAX:
        raise _make_refusal(form.place_amount)
    words = _read_text(content, form.place_words)[:WORDS_MAX]
    account = _read_text(content, form.place_account) if form.place_account else form.account
    return BankMessage(transaction, int(amount[1]), words, account, hashlib.sha256(body).hexdigest())


def _read_text(content: Any, place: str) -> str:
    value = _dig(content, place)
    return clean_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _dig(content: Any, place: str) -> Any:
    for name in place.split("."):
        if isinstance(content, list) and name.isdigit() and int(name) < len(content):
            content = content[int(name)]
        elif isinstance(content, dict):
            content = content.get(name)
        else:
            return None
    return content


def _make_refusal(place: str) -> Invalid:
    return Invalid(
        "bank.form", "The message of the bank cannot be read at “%(place)s”. Look at the settings.", place=place
    )


def list_code_ends(words: str) -> list[tuple[str, str]]:
    """Return each day and number in a transfer's words that could end a dossier's code, without repetition."""
    ends: dict[tuple[str, str], None] = {}
    for match in _END.finditer(words):
        if _is_day(match[1]):
            ends[match[1], match[2]] = None
    return list(ends)


def _is_day(text: str) -> bool:
    try:
        date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return False
    return True


def decide_outcome(form: FeeRules, message: BankMessage, due: Charge | None, *, is_one: bool) -> NoticeOutcome:
    """Return what a message is about: `is_one` says whether its words name exactly one dossier, `due` is its fee."""
    if form.account and message.account != form.account:
        return NoticeOutcome.ACCOUNT
    if not is_one:
        return NoticeOutcome.UNKNOWN
    if due is None:
        return NoticeOutcome.NOT_DUE
    return NoticeOutcome.PAID if due.amount == message.amount else NoticeOutcome.AMOUNT
