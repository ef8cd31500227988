"""The plain fields of a section as the settings page draws them: all of it follows from how the section is declared."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic.fields import FieldInfo

from motcua.settings.fields import Heading, Label
from motcua.settings.sections.answers import Word
from motcua.settings.sections.monthly import ReceiverAddress
from motcua.settings.values import OneLine, Written
from motcua.setup.parts import CLASSES, list_declared

T = TypeVar("T")
Say = Callable[[str, dict[str, object]], str]
"""Puts a sentence into the reader's language and fills its places."""
SHORT, TIME = 60, 5
"""How many characters a field takes whose type bounds none, and one for a time of day."""


def list_form_cards(part: str, say: Say) -> list[dict[str, Any]]:
    """Return the cards of a part of the file, `[{"title", "text", "fields": [{"place", "kind", "label", "hint", …}]}]`.

    A card begins at each `Heading`. A field without a `Label` is left out: it has a page of its own.
    Kinds are `number` (`min`, `max`), `flag`, `choice` (`options`), `line` (`maxlength`, `optional`) and `words`.
    """
    cards: list[dict[str, Any]] = []
    for name, (kind, more) in list_declared(CLASSES[part]).items() if part in CLASSES else ():
        label = _one(more, Label)
        if label is None:
            continue
        heading = _one(more, Heading)
        if heading or not cards:
            cards.append(_card(heading or Heading(""), say))
        field = _one(more, FieldInfo)
        place = f"{part}.{(field and field.alias) or name}"
        words = {"place": place, "label": say(label.text, {}), "hint": label.help and say(label.help, label.params)}
        cards[-1]["fields"].append({**words, **_control(kind, label, more, say)})
    return cards


def _card(heading: Heading, say: Say) -> dict[str, Any]:
    return {
        "title": heading.title and say(heading.title, {}),
        "text": heading.text and say(heading.text, {}),
        "fields": [],
    }


def _control(kind: Any, label: Label, more: tuple[Any, ...], say: Say) -> dict[str, Any]:
    if label.choices:
        return {"kind": "choice", "options": [[value, say(word, {})] for value, word in label.choices.items()]}
    if kind is bool:
        return {"kind": "flag"}
    if kind in (tuple[Word, ...], tuple[ReceiverAddress, ...]):
        return {"kind": "words"}
    if _one(more, Written):
        return {"kind": "line", "maxlength": TIME, "optional": False}
    if kind is int:
        bounds = field.metadata if (field := _one(more, FieldInfo)) else []
        least, most = (next((getattr(one, end) for one in bounds if hasattr(one, end)), None) for end in ("ge", "le"))
        return {"kind": "number", "min": least, "max": most}
    line = next((item.func for item in more if isinstance(getattr(item, "func", None), OneLine)), OneLine(1, SHORT))
    return {"kind": "line", "maxlength": line.most, "optional": line.least == 0}


def _one(items: Iterable[object], kind: type[T]) -> T | None:
    """Return the first of `items` that is of this kind."""
    return next((item for item in items if isinstance(item, kind)), None)
