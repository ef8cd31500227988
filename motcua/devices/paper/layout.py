"""What stands on a ticket, as text that a person edits: one row a line, a style and what it says. Pure.

    bold {unit}
    rule
    normal SỐ THỨ TỰ
    number {number}
    small {follow_url?}Quét mã để theo dõi số
    qr {follow_url}

`{name}` is filled in. `{name?}` stands for nothing, but counts: a line with places that are all empty is left out,
label and all. A line with `{papers}` is printed once for each paper that the citizen looked up. Empty lines and lines
that begin with `#` are for the person who edits.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

TEXT_STYLES = ("small", "normal", "bold", "large", "number")
BARE_STYLES = ("rule", "gap")
STYLES = (*TEXT_STYLES, "qr", *BARE_STYLES)
PLACES = (
    "centre", "unit", "number", "service", "priority", "people_ahead", "wait",
    "issued_at", "due_at", "seat", "footer", "follow_url", "short_code", "reprint",
    "procedure", "papers",
)  # fmt: skip
LINES_MAX, LINE_MAX, TEXT_MAX = 60, 200, 4000
"""Lines of a layout, characters of a line, characters of a whole layout."""
_PLACE = re.compile(r"\{([^{}]*)\}")

DEFAULT = """\
# Mỗi dòng: kiểu chữ, rồi nội dung.
# Dòng mà chỗ điền trống hết thì không in.
large {reprint}
bold {centre}
normal {unit}
rule
normal SỐ THỨ TỰ
number {number}
bold {service}
bold {priority}
rule {number?}
normal Giờ hẹn: {due_at}
normal Chỗ ngồi: {seat}
normal Số người chờ phía trước: {people_ahead}
normal Thời gian chờ: {wait}
small {issued_at}
rule {procedure?}
small {procedure?}Giấy tờ cho: {procedure}
small {papers}
rule {follow_url?}
small {follow_url?}Theo dõi số trên điện thoại:
qr {follow_url}
small {short_code?}Mã đánh giá tại quầy: {short_code}
rule
small {footer}
"""
"""The ward's layout while it has no other."""
SHORT = """\
large {reprint}
number {number}
small {service}
small {issued_at}
qr {follow_url}
"""
"""For serial lines below 38,400 baud, where a whole ticket would take ten seconds and more."""


class LayoutFault(Struct, frozen=True):
    """What is wrong with line `line` (from 1); `message` is English with places for `params`."""

    line: int
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


class LayoutLine(Struct, frozen=True):
    """A line of a layout as it was written."""

    style: str
    text: str


class Row(Struct, frozen=True):
    """A line of one ticket, filled in; `text` is empty for `rule` and `gap`."""

    style: str
    text: str = ""


def list_faults(text: str) -> list[LayoutFault]:
    """Return all that is wrong with a layout."""
    if len(text) > TEXT_MAX:
        return [
            LayoutFault(
                1, mark("Line %(line)s: the layout has more than %(most)s characters."), {"line": 1, "most": TEXT_MAX}
            )
        ]
    problems = [fault for _, fault in _read(text) if fault is not None]
    return problems or ([] if parse_quietly(text) else [LayoutFault(1, mark("This ticket has no text."))])


@lru_cache(maxsize=16)
def parse(text: str) -> tuple[LayoutLine, ...]:
    """Return the lines of a layout. Raises `DeviceError` (permanent) that names the first wrong line."""
    if wrong := list_faults(text):
        raise DeviceError(wrong[0].message, permanent=True, code=None, **wrong[0].params)
    return parse_quietly(text)


def parse_quietly(text: str) -> tuple[LayoutLine, ...]:
    """Return the lines of a layout that are right."""
    return tuple(line for line, _ in _read(text) if line is not None)


def fill(lines: tuple[LayoutLine, ...], values: Mapping[str, str]) -> list[Row]:
    """Return the rows of one ticket: places filled in, empty lines left out, no rule at either end or beside another
    one.
    """
    rows: list[Row] = []
    for line in lines:
        named = [name.rstrip("?") for name in _PLACE.findall(line.text)]
        if named and not any(_clean(values.get(name, "")) for name in named):
            continue
        if line.style == "rule" and (not rows or rows[-1].style == "rule"):
            continue
        if line.style in BARE_STYLES:
            rows.append(Row(line.style))
        else:
            rows += [Row(line.style, text) for text in map(_clean, _fill_line(line.text, values)) if text]
    while rows and rows[-1].style in BARE_STYLES:
        rows.pop()
    return rows


def _fill_line(text: str, values: Mapping[str, str]) -> list[str]:
    """Return a line with its places filled in; one for each paper where it lists them."""
    papers = values.get("papers", "").split("\n") if "{papers}" in text else [""]
    return [_fill_places(text, {**values, "papers": paper}) for paper in papers]


def _fill_places(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: "" if match[1].endswith("?") else values.get(match[1], ""), text)


def _clean(text: str) -> str:
    """Return a value as it can be drawn: composed, on one line, without control characters."""
    letters = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return unicodedata.normalize("NFC", " ".join(letters.split()))


def _read(text: str) -> list[tuple[LayoutLine | None, LayoutFault | None]]:
    parsed: list[tuple[LayoutLine | None, LayoutFault | None]] = []
    count = 0
    for number, written in enumerate(text.split("\n"), start=1):
        bare = written.strip()
        if not bare or bare.startswith("#"):
            continue
        count += 1
        style, _, content = bare.partition(" ")
        content = unicodedata.normalize("NFC", content.strip())
        message, params = _wrong(style, content, bare, count)
        fault = LayoutFault(number, message, {"line": number, **params}) if message else None
        parsed.append((None if fault else LayoutLine(style, content), fault))
    return parsed


def _wrong(style: str, content: str, bare: str, count: int) -> tuple[str, dict[str, object]]:  # noqa: PLR0911 -- a list of rules
    """Return what is wrong with a line, an empty message where nothing is."""
    if count == LINES_MAX + 1:
        return mark("Line %(line)s: a ticket has at most %(most)s lines."), {"most": LINES_MAX}
    if len(bare) > LINE_MAX:
        return mark("Line %(line)s is longer than %(most)s characters."), {"most": LINE_MAX}
    if style not in STYLES:
        choices = ", ".join(STYLES)
        return mark("Line %(line)s: there is no style “%(style)s”. Valid styles: %(known)s."), {
            "style": style[:20],
            "known": choices,
        }
    bracketed = _PLACE.findall(content)
    for name in bracketed:
        if name.removesuffix("?") not in PLACES:
            choices = " ".join(f"{{{place}}}" for place in PLACES)
            return mark("Line %(line)s: “{%(name)s}” is not a valid place. Valid places: %(known)s."), {
                "name": name[:20],
                "known": choices,
            }
    rest = _PLACE.sub("", content)
    if "{" in rest or "}" in rest:
        return mark("Line %(line)s: a brace is missing or too many."), {}
    if style in BARE_STYLES and (rest.strip() or any(not name.endswith("?") for name in bracketed)):
        return mark("Line %(line)s: “%(style)s” has no text."), {"style": style}
    if style not in BARE_STYLES and not content:
        return mark("Line %(line)s: after “%(style)s” a text or a place is missing."), {"style": style}
    return "", {}
