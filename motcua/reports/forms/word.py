"""The ward's own Word forms: a file is looked at before it is taken, and filled field by field.

For a helper process of little memory: the bytes are a person's. There is no language in a form but names of fields.
Values are put in as plain text and never read again, so nothing that somebody typed becomes a field or a command.
"""

import base64
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark

BYTES_MAX, UNPACKED_MAX, PARTS_MAX = 2 * 1024 * 1024, 30 * 1024 * 1024, 300
FIELDS_MAX, NAME_MAX = 500, 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = f"{DOCX}.main+xml".encode()
_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_COMMAND = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_LINK = re.compile(rb"/relationships/hyperlink[\"']", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|oleObject|customUI|attachedToolbars", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BROKEN = mark("This is not a Word file (.docx) that can be read. Save it in Word as “Word Document”.")
LARGE = mark("The Word file is too large. A form has at most %(count)s MB.")
ACTIVE = mark("This Word file has macros or embedded objects. Save it without them, as “Word Document (.docx)”.")
OUTSIDE = mark("This Word file loads something from outside, such as a template or a picture. Put it into the file.")


def check_task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"fields": […]}`, the names in the Word file `job["file"]` (base64). Raises as `list_fields`."""
    return {"fields": list_fields(base64.b64decode(job["file"]))}


def fill_task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"file": base64}`, the Word file `job["file"]` with `job["values"]` by the names of its fields."""
    filled = fill_form(base64.b64decode(job["file"]), job["values"])
    return {"file": base64.b64encode(filled).decode("ascii")}


def list_fields(content: bytes) -> list[str]:
    """Return the names of the fields of a Word file in their order, each once; what is no name is returned as well.

    Raises `Invalid("template.broken" | "template.large" | "template.active" | "template.outside")`.
    """
    document = _open(content)
    names: dict[str, None] = {}
    for texts in _list_paragraphs(document):
        whole = "".join(item.text or "" for item in texts)
        names.update(dict.fromkeys(name.strip()[:NAME_MAX] for name in _FIELD.findall(whole)))
        names.update(dict.fromkeys(command[:NAME_MAX] for command in _COMMAND.findall(whole)))
        if len(names) > FIELDS_MAX:
            raise Invalid("template.large", LARGE, count=BYTES_MAX // 1024 // 1024)
    return list(names)


def fill_form(content: bytes, values: Mapping[str, str]) -> bytes:
    """Return the Word file with its fields filled. A field may be divided among pieces of a line, as Word does."""
    document = _open(content)
    for texts in _list_paragraphs(document):
        _fill_paragraph(texts, values)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _open(content: bytes) -> Any:
    """Return the document, once the archive is within bounds and has nothing that acts or loads."""
    _look_into(content)
    from docx import Document

    try:
        return Document(BytesIO(content))
    except Exception as error:  # the library raises whatever broken parts make it do
        raise Invalid("template.broken", BROKEN) from error


def _look_into(content: bytes) -> None:
    if len(content) > BYTES_MAX:
        raise Invalid("template.large", LARGE, count=BYTES_MAX // 1024 // 1024)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
                raise Invalid("template.large", LARGE, count=BYTES_MAX // 1024 // 1024)
            for part in parts:
                if _ACTIVE.search(part.filename):
                    raise Invalid("template.active", ACTIVE)
                if part.filename.lower().endswith((".xml", ".rels")):
                    _require_harmless(part.filename, archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Invalid("template.broken", BROKEN) from error


def _require_harmless(name: str, data: bytes) -> None:
    """Raise `Invalid` for a part with entities, with macros, or that loads something; links that one clicks may be."""
    if _ENTITY.search(data) or b"\x00" in data[:64]:
        raise Invalid("template.broken", BROKEN)
    if name == "[Content_Types].xml" and (b"macroEnabled" in data or _MAIN not in data):
        raise Invalid("template.active" if b"macroEnabled" in data else "template.broken", ACTIVE)
    if name.endswith(".rels"):
        for relation in _RELATION.findall(data):
            if _OUTSIDE.search(relation) and not _LINK.search(relation):
                raise Invalid("template.outside", OUTSIDE)


def _list_paragraphs(document: Any) -> Iterator[list[Any]]:
    """Yield the text elements of each paragraph: of the body, tables, text boxes, headers and footers."""
    from docx.oxml.ns import qn

    paragraph, text = qn("w:p"), qn("w:t")
    for root in _list_roots(document):
        for item in root.iter(paragraph):
            texts = [one for one in item.iter(text) if next(one.iterancestors(paragraph), None) is item]
            if texts:
                yield texts


def _list_roots(document: Any) -> Iterator[Any]:
    """Yield the root element of each part with text that the library has read as a tree."""
    yield document.element
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        if part is not document.part and element is not None and part.partname.startswith("/word/"):
            yield element


def _fill_paragraph(texts: list[Any], values: Mapping[str, str]) -> None:
    """Put values in the place of fields: each begins in the piece in which its field did."""
    from docx.oxml.ns import qn

    whole = "".join(item.text or "" for item in texts)
    fields = [match for match in _FIELD.finditer(whole) if match[1].strip() in values]
    if not fields:
        return
    pieces = [item.text or "" for item in texts]
    starts = [sum(map(len, pieces[:place])) for place in range(len(pieces))]
    for match in reversed(fields):
        word = _CONTROL.sub("", values[match[1].strip()])
        first = max(place for place, start in enumerate(starts) if start <= match.start())
        for place in range(first, len(pieces)):
            begin = max(match.start() - starts[place], 0)
            end = min(max(match.end() - starts[place], 0), len(texts[place].text or ""))
            if begin >= end:
                continue
            piece = pieces[place]
            pieces[place] = piece[:begin] + (word if place == first else "") + piece[end:]
    for item, piece in zip(texts, pieces, strict=True):
        item.text = piece
        item.set(qn("xml:space"), "preserve")
