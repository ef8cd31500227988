"""Who gets in: signing in, and phones."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.base_address import BASE_MAX_BYTES
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, BaseAddress, Flag, Whole


@dataclass(frozen=True)
class StaffRules:
    """What signing in asks for.

    ASVS 5.0 asks for 8 characters at least; without a second factor a long password has to do.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Đăng nhập: mật khẩu mới dài ít nhất password_length ký tự và không dễ đoán; sau idle_min phút không ai "
        "thao tác "
        "thì tự đăng xuất (ở quầy: hỏi mã PIN)"
    )
    __pydantic_config__ = STRICT

    password_length: Annotated[
        Whole,
        Field(ge=8, le=64),
        Heading(
            mark("New passwords"),
            mark(
                "Existing passwords still work. Whoever signs in with one that no longer fits is asked to "
                "choose another."
            ),
        ),
        Label(mark("Minimum number of characters"), mark("14 or more, because nothing but the password is asked for.")),
    ] = 14
    refuse_common_passwords: Annotated[
        Flag,
        Label(
            mark("Refuse passwords that are easy to guess"),
            mark("Common passwords, names of the person and the ward, dates, rows of keys."),
        ),
    ] = True
    idle_min: Annotated[
        Whole,
        Field(ge=5, le=480),
        Heading(
            mark("Unused sign-ins"),
            mark(
                "A sign-in that nobody uses ends. At a counter the calls stay on the screen, and the page asks "
                "for the officer's PIN."
                " An officer without a PIN types the password."
            ),
        ),
        Label(mark("Minutes without use")),
    ] = 30


@dataclass(frozen=True)
class Web:
    """Where phones reach the desk: `base_url` stands before `/t/CODE` on every ticket, without a slash at its end;
    empty: guessed.

    `connections` is how many an address may have at a time without a sign-in, a pairing or a token: phones often
    share one address.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Địa chỉ để điện thoại mở trang của bộ phận, in trong mã QR: http(s)://tên-hoặc-IP[:cổng], tối đa 27 "
        "ký tự; để trống: tự tìm"
    )
    __pydantic_config__ = STRICT

    base_url: Annotated[
        BaseAddress,
        Heading(
            mark("Choose the address"),
            mark(
                "Empty: the server finds its own address and looks again when the network changes."
                " Set one if phones reach the desk by a name, by https or through another server."
            ),
        ),
        Label(
            mark("Address for phones"),
            mark("Such as https://motcua.example.vn or http://192.168.1.10:8080; at most %(most)s characters."),
            params={"most": BASE_MAX_BYTES},
        ),
    ] = ""
    connections: Annotated[
        Whole,
        Field(ge=20, le=4000),
        Label(
            mark("Connections from one address"),
            mark(
                "Of phones and computers that are not signed in or paired. Phones in the same Wi-Fi often "
                "share one address."
            ),
        ),
    ] = 400
