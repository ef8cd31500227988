"""The provincial system: where its list of dossiers is, and where it is told of a dossier's state."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Flag, Line, WebAddress, Whole

METHODS = {"POST": mark("POST"), "PUT": mark("PUT")}


@dataclass(frozen=True)
class ProvinceRules:
    """How the provincial system is reached. Nobody here knows its real interface, so that all of it is configuration.

    The token is no setting: it lies in the data folder's `keys`.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Kết nối hệ thống tỉnh: lấy danh sách hồ sơ và gửi trạng thái bằng HTTP JSON; tên trường theo bảng đối chiếu "
        "mapping; mã truy cập để trong tệp keys/province.token, không ghi ở đây"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Connection to the provincial system"),
            mark("Its dossiers come onto the board, and it is told of those that have its code."),
        ),
        Label(
            mark("The provincial system is connected"),
            mark("Off: nothing is fetched and nothing is sent. Files can be imported in any case."),
        ),
    ] = False
    mapping: Annotated[
        Line,
        Label(
            mark("Mapping"),
            mark("The name of a mapping on the page of exchange. Its columns are the keys of the JSON."),
        ),
    ] = ""
    list_url: Annotated[
        WebAddress, Label(mark("Address of the list of dossiers"), mark("Empty: nothing is fetched."))
    ] = ""
    list_items: Annotated[
        Line,
        Label(mark("Key of the list in the answer"), mark("Like data.items. Empty: the answer itself is the list.")),
    ] = "items"
    list_since: Annotated[
        Line,
        Label(
            mark("Parameter for “changed since”"),
            mark("It is added to the address with a moment. Empty: the whole list is asked for each time."),
        ),
    ] = ""
    list_min: Annotated[Whole, Field(ge=1, le=1440), Label(mark("Minutes between two fetches"))] = 15
    status_url: Annotated[
        WebAddress,
        Label(
            mark("Address for states"),
            mark("A dossier's code takes the place of {code} in it. Empty: nothing is sent."),
        ),
    ] = ""
    status_method: Annotated[Literal["POST", "PUT"], Label(mark("Method"), choices=METHODS)] = "POST"
    sends_days: Annotated[
        Flag,
        Label(
            mark("Days are sent too"),
            mark("The promised day and those of the result, by the keys of the mapping. Never the applicant."),
        ),
    ] = False
    header: Annotated[Line, Label(mark("Header of the token"))] = "Authorization"
    header_word: Annotated[Line, Label(mark("Word before the token"), mark("Empty: the token alone."))] = "Bearer"
    allow_local: Annotated[
        Flag,
        Label(
            mark("The provincial system runs on this computer"),
            mark("Only for trials with the emulator."),
        ),
    ] = False
