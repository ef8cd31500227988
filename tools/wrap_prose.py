"""Lay out the prose of the documentation: a sentence begins a line, and no line is wider than 100 columns.

`python tools/wrap_prose.py FILE…` writes the files. Tables, code, headings and pages that `motcua docs` writes stay.
"""

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

WIDTH = 100
ROOT = Path(__file__).resolve().parents[1]
WRITTEN = "<!-- Written by"
FENCE = re.compile(r"^ *(```|~~~)")
ITEM = re.compile(r"^( *)([-*+]|\d+[.)]) +")
APART = re.compile(r"^ *(\||#|>|<|\[[^\]]+\]: |---)|^ {4,}\S")
"""Lines that are no prose: tables, headings, quotations, HTML, links' addresses, code by its indent."""
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!No\.)\s+(?=[A-ZÀ-ỸĐ“\"*`(\[])")
BEFORE_MARKUP = re.compile(r" (?=(?:[-*+#>|=]|\d+[.)])(?: |$))")
"""A space before what means something else where it begins a line: a list, a heading, a table."""
KEPT_SPACE = "\N{NULL}"


def list_pages() -> list[Path]:
    """Return the pages whose prose is laid out. Decisions (`docs/adr/`) stay as they were written."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    return [page for page in sorted(pages) if not page.read_text(encoding="utf-8").startswith(WRITTEN)]


def find_wide(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line of prose that is wider than `WIDTH` though it could be broken, with its number."""
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if FENCE.match(line):
            is_code = not is_code
        elif not is_code and len(line) > WIDTH and (ITEM.match(line) or not APART.match(line)):
            words = line.split()
            if max(map(len, words)) < WIDTH - 20:
                yield number, line


def wrap(text: str) -> str:
    """Return `text` with its prose laid out. Laid out once more it stays as it is."""
    lines: list[str] = []
    paragraph: list[str] = []
    is_code = False
    for line in [*text.splitlines(), ""]:
        is_fence = bool(FENCE.match(line))
        is_item = bool(ITEM.match(line))
        is_apart = not is_item and bool(APART.match(line)) and not (paragraph and line.startswith("    "))
        if paragraph and (is_fence or is_item or is_apart or not line.strip()):
            lines += _wrap_paragraph(paragraph)
            paragraph = []
        if is_fence:
            is_code = not is_code
        if is_code or is_fence or is_apart or not line.strip():
            lines.append(line)
        else:
            paragraph.append(line)
    return "\n".join(lines[:-1]) + "\n"


def _wrap_paragraph(paragraph: list[str]) -> list[str]:
    """Return the lines of one paragraph or item of a list; one that is narrow enough already stays."""
    if all(len(line) <= WIDTH for line in paragraph):
        return paragraph
    item = ITEM.match(paragraph[0])
    first = item.group() if item else re.match(r" *", paragraph[0]).group()  # type: ignore[union-attr]
    later = " " * len(first)
    words = " ".join([paragraph[0][len(first) :], *(line.strip() for line in paragraph[1:])])
    lines: list[str] = []
    for sentence in SENTENCE_END.split(words):
        indent = later if lines else first
        pieces = textwrap.wrap(
            BEFORE_MARKUP.sub(KEPT_SPACE, sentence),
            WIDTH,
            initial_indent=indent,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += pieces or [indent.rstrip()]
    return [line.replace(KEPT_SPACE, " ") for line in lines]


if __name__ == "__main__":
    for name in sys.argv[1:] or list_pages():
        page = Path(name)
        page.write_text(wrap(page.read_text(encoding="utf-8")), encoding="utf-8")
