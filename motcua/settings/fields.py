"""What a setting's declaration says beside its type and default: the words of its page and file. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Label:
    """How the settings page names a field, with a line of `help`.

    Without a label, only a page of its own shows the field.

    `params` fill `help`. `choices` names each value of a list to choose from, in the page's order.
    `basis` is the heading in docs/LEGAL.md that the setting follows.
    """

    text: str
    help: str = ""
    params: dict[str, object] = field(default_factory=dict)
    choices: Mapping[str | int, str] = field(default_factory=dict)
    basis: str = ""


@dataclass(frozen=True)
class Heading:
    """Stands on the first field of a card on the settings page: the card's title, and what it is about."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class SectionPart:
    """How a section stands in the settings file: the comment above it, and whether a file must have it.

    The journal keeps the numbers and flags of a section that `is_operational`: a past day is rebuilt from them.
    """

    comment: str
    is_required: bool = False
    is_operational: bool = False


@dataclass(frozen=True)
class SettingsPage:
    """One of the settings pages: its name in addresses, its title and icon, the parts of the file that it changes."""

    code: str
    title: str
    icon: str
    parts: tuple[str, ...] = ()
