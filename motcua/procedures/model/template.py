"""A form of the ward's own: a Word file whose fields are filled from a dossier."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FormTemplate:
    """A form from the day `since` on, of one procedure or, with an empty code, of all. `digest` is the file's SHA-256.

    An earlier form of the same name and procedure holds until the day before.
    """

    id: int
    procedure: str
    name: str
    since: str
    digest: str
    added_at: str
    account: int | None


@dataclass(frozen=True)
class TemplateRequest:
    """A Word file that was looked at, and for what it is. `digest` is its SHA-256."""

    procedure: str
    name: str
    since: str
    digest: str
    content: bytes = field(repr=False)
    account: int | None = None
