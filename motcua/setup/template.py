"""Ready documents to begin with."""

from importlib.resources import files

from motcua.copies import replace
from motcua.desk.errors import Invalid
from motcua.settings.model import OpeningHours, Session
from motcua.setup.document import Document, read

_FOLDER = files("motcua.setup") / "templates"
_ROUND_THE_CLOCK = (Session(0, 24 * 60),)


def list_names() -> list[str]:
    """Return the names of the templates."""
    return sorted(item.name.removesuffix(".toml") for item in _FOLDER.iterdir() if item.name.endswith(".toml"))


def load(name: str) -> Document:
    """Return the template `name`, e.g. `ward`. Raises `Invalid("template.unknown")`."""
    if name not in list_names():
        raise Invalid("template.unknown", "There is no template %(name)s.", name=name)
    return read((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def open_always(document: Document) -> Document:
    """Return `document` with seven 24-hour days a week and no holidays, counters open all the time, for trials."""
    settings = replace(document.settings, hours=OpeningHours(*(_ROUND_THE_CLOCK,) * 7), days_off=(), working_days=())
    return replace(document, settings=settings, counters=[replace(counter, hours=()) for counter in document.counters])
