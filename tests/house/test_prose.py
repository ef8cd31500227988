"""The prose of the documentation is narrow enough to be read and compared line by line."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("wrap_prose", ROOT / "tools" / "wrap_prose.py")
assert _SPEC is not None
assert _SPEC.loader is not None
wrap_prose = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(wrap_prose)


def test_no_line_of_prose_is_wider_than_100_columns() -> None:
    wide = [
        (page.name, number)
        for page in wrap_prose.list_pages()
        for number, _line in wrap_prose.find_wide(page.read_text(encoding="utf-8"))
    ]
    assert wide == [], "run: make format"


WIDE = "word " * 30 + "end."


@pytest.mark.parametrize(
    "text",
    [
        "# " + WIDE + "\n",
        "| " + WIDE + " |\n",
        "```\n" + WIDE + "\n```\n",
        "Short. Two sentences stay.\n",
    ],
)
def test_headings_tables_code_and_narrow_paragraphs_stay(text: str) -> None:
    assert wrap_prose.wrap(text) == text


@pytest.mark.parametrize(
    "text", [WIDE + " Second one.\n", "- " + WIDE + " Then.\n\n1. " + WIDE + "\n", "x = " * 40 + "\n"]
)
def test_wide_prose_is_broken_after_sentences_and_keeps_its_words(text: str) -> None:
    done = wrap_prose.wrap(text)
    assert done.split() == text.split()
    assert list(wrap_prose.find_wide(done)) == []
    assert wrap_prose.wrap(done) == done
    assert not any(line.lstrip().startswith("= ") for line in done.splitlines())
