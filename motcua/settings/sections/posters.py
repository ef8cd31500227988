"""The neighbourhoods at which posters with the desk's codes hang."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from motcua.settings.fields import SectionPart
from motcua.settings.values import STRICT, Code, Name, Written, bound_length


@dataclass(frozen=True)
class Neighbourhood:
    """A place with a poster of its own. `code` is in the poster's QR code, `name` is printed on it."""

    code: str
    name: str


@dataclass(frozen=True)
class PosterRules:
    """The neighbourhoods whose posters are counted apart; none: there are only the posters of the hall."""

    part: ClassVar[SectionPart] = SectionPart(
        "Tổ dân phố, khu phố, thôn có áp phích riêng: code đứng trong mã QR, name in trên áp phích; [] là không có"
    )
    __pydantic_config__ = STRICT

    neighbourhoods: Annotated[
        tuple[
            Annotated[
                Neighbourhood,
                Written(
                    {"code": Code, "name": Name},
                    lambda table: Neighbourhood(table["code"], table["name"]),
                    lambda place: {"code": place.code, "name": place.name},
                ),
            ],
            ...,
        ],
        bound_length(0, 200),
    ] = ()
