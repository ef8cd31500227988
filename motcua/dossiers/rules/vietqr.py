"""The text of a VietQR code for a transfer to the unit's account. Pure.

EMVCo's format: each field has two digits for its id, two for its length, then the value. The last field is
CRC-16/CCITT-FALSE over everything before its own value. Basis: LEGAL.md#vietqr.
"""

import re
import unicodedata
from binascii import crc_hqx

from motcua.desk.errors import Invalid

PURPOSE_MAX, ACCOUNT_MAX, FIELD_MAX = 25, 19, 99
AMOUNT_MAX = 10**12
"""Sums stay below a thousand billion VND: thirteen characters hold them."""
NAPAS, TO_ACCOUNT, DONG, COUNTRY = "A000000727", "QRIBFTTA", "704", "VN"
STATIC, DYNAMIC = "11", "12"
CRC_SEED = 0xFFFF
_BANK, _ACCOUNT = re.compile(r"[0-9]{6}"), re.compile(rf"[0-9A-Za-z]{{1,{ACCOUNT_MAX}}}")
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z .,/-]+")


def write_vietqr(bank: str, account: str, amount: int | None = None, purpose: str = "") -> str:
    """Return the text of the code for `amount` VND (None: the citizen types it) to `account` at the bank's BIN.

    `purpose` loses its accents and is cut to 25 characters. Raises `Invalid("fee.bank" | "fee.account" |
    "fee.amount")`.
    """
    require_account(bank, account)
    if amount is not None and not 0 < amount < AMOUNT_MAX:
        raise Invalid("fee.amount", "A sum is a whole number of dong above 0.")
    receiver = _field("00", bank) + _field("01", account)
    body = "".join(
        [
            _field("00", "01"),
            _field("01", STATIC if amount is None else DYNAMIC),
            _field("38", _field("00", NAPAS) + _field("01", receiver) + _field("02", TO_ACCOUNT)),
            _field("53", DONG),
            "" if amount is None else _field("54", str(amount)),
            _field("58", COUNTRY),
            _field("62", _field("08", words)) if (words := write_purpose(purpose)) else "",
            "6304",
        ]
    )
    return body + compute_crc(body)


def require_account(bank: str, account: str) -> None:
    """Raise `Invalid("fee.bank" | "fee.account")` unless these are a BIN and an account that a code can hold."""
    if not _BANK.fullmatch(bank):
        raise Invalid("fee.bank", "A bank's number (BIN) has six digits, for example 970415.")
    if not _ACCOUNT.fullmatch(account):
        raise Invalid("fee.account", "An account has at most %(most)s letters or digits.", most=ACCOUNT_MAX)


def write_purpose(text: str) -> str:
    """Return a text as banks take it: without accents, at most 25 plain characters."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = _NOT_PLAIN.sub(" ", "".join(char for char in bare if not unicodedata.combining(char)))
    return " ".join(plain.split())[:PURPOSE_MAX].strip()


def compute_crc(body: str) -> str:
    """Return the four hexadecimal digits of the last field; `body` ends with that field's id and length."""
    return f"{crc_hqx(body.encode(), CRC_SEED):04X}"


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
