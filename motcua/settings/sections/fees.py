"""Fees of dossiers: the unit's account for transfers, and how a bank or its agent tells of one."""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Flag, Line, OneLine, Whole

_BANK, _ACCOUNT = re.compile(r"([0-9]{6})?", re.ASCII), re.compile(r"[0-9A-Za-z]{0,19}", re.ASCII)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9_]{1,40}(\.[A-Za-z0-9_]{1,40}){0,4}", re.ASCII)


def _bank(text: str) -> str:
    if not _BANK.fullmatch(text):
        raise PydanticCustomError("bank", "no BIN")
    return text


def _account(text: str) -> str:
    if not _ACCOUNT.fullmatch(text):
        raise PydanticCustomError("account", "no account")
    return text


def _header(text: str) -> str:
    if text and not _HEADER.fullmatch(text):
        raise PydanticCustomError("header", "no header")
    return text


def _path(text: str) -> str:
    if text and not _PATH.fullmatch(text):
        raise PydanticCustomError("json_path", "no place in JSON")
    return text


BankHeader = Annotated[Line, AfterValidator(_header)]
JsonPlace = Annotated[Line, AfterValidator(_path)]


@dataclass(frozen=True)
class FeeRules:
    """The account to which fees are transferred, and the form of a bank's messages.

    Without `bank` and `account` there is no code. Each bank and each agent has a form of its own: places in the JSON
    are dotted, like `data.amount`; an empty one is not looked at.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Phí, lệ phí của hồ sơ: tài khoản nhận chuyển khoản (mã VietQR) và dạng tin báo có của ngân hàng hoặc đơn vị "
        "trung gian; khóa ký tin báo nằm trong keys/bank.secret, không nằm trong tệp này"
    )
    __pydantic_config__ = STRICT

    bank: Annotated[
        Line,
        AfterValidator(_bank),
        Heading(mark("Account for fees"), mark("With bank and account the screens and slips show a VietQR code.")),
        Label(mark("Bank's number (BIN)"), mark("Six digits, for example 970415. Empty: no code."), basis="vietqr"),
    ] = ""
    bank_name: Annotated[Line, Label(mark("Bank's name"), mark("As people know it; it stands beside the code."))] = ""
    account: Annotated[
        Line,
        AfterValidator(_account),
        Label(mark("Account number"), mark("At most 19 letters or digits. Try one transfer of 2,000 dong first.")),
    ] = ""
    account_name: Annotated[
        str, AfterValidator(OneLine(0, 60)), Label(mark("Account's owner"), mark("As the banking app will show it."))
    ] = ""
    notices: Annotated[
        Flag,
        Heading(
            mark("Messages from the bank"),
            mark("A bank or its agent tells the desk of each transfer. Its manual says what to write here."),
        ),
        Label(mark("The bank's messages are taken"), mark("At /api/v1/bank/notices, signed with a shared secret.")),
    ] = False
    signature_header: Annotated[
        BankHeader, Label(mark("Header with the signature"), mark("HMAC-SHA256 under the shared secret."))
    ] = "X-Signature"
    signature_form: Annotated[
        Literal["hex", "base64"],
        Label(mark("How the signature is written"), choices={"hex": "hex", "base64": "base64"}),
    ] = "hex"
    time_header: Annotated[
        BankHeader,
        Label(
            mark("Header with the time"),
            mark("Seconds since 1970, signed before the body with a full stop. Empty: only the body is signed."),
        ),
    ] = "X-Timestamp"
    tolerance_s: Annotated[
        Whole, Field(ge=30, le=3600), Label(mark("Seconds that a message may be old"), mark("Older ones are refused."))
    ] = 300
    place_id: Annotated[
        JsonPlace, Label(mark("Where the transaction's number is"), mark("By it a repeated message is known."))
    ] = "id"
    place_amount: Annotated[JsonPlace, Label(mark("Where the amount is"))] = "amount"
    place_words: Annotated[
        JsonPlace, Label(mark("Where the transfer's words are"), mark("The dossier's code stands in them."))
    ] = "description"
    place_account: Annotated[
        JsonPlace, Label(mark("Where the account is"), mark("It is compared with the account above."))
    ] = "account"
    place_way: Annotated[
        JsonPlace,
        Label(mark("Where it says that money came in"), mark("Empty: each message is about such money.")),
    ] = "type"
    way_in: Annotated[Line, Label(mark("The word for money that came in"))] = "credit"
