"""A settings file that would take long to read is refused before it is read."""

import pytest

from motcua.setup import template
from motcua.setup.document import read, write
from motcua.setup.mistakes import Mistakes
from motcua.setup.reading import DOTS_MAX, FILE_MAX, require_bounded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (".".join("a" * 30_000) + " = 1", "key.deep"),
        ("[" + ".".join("a" * 30_000) + "]", "key.deep"),
        ("a = [{" + ".".join("b" * 30_000) + " = 1}]", "key.deep"),
        ('"x"' + '."x"' * 5_000 + " = 1", "key.deep"),
        ("# " + "x" * FILE_MAX, "file.large"),
    ],
)
def test_what_would_take_long_is_refused_with_its_place(text: str, code: str) -> None:
    with pytest.raises(Mistakes) as refused:
        read(text)
    assert [item.code for item in refused.value.mistakes] == [code]


def test_dots_in_texts_and_remarks_are_no_keys() -> None:
    dots = "." * (DOTS_MAX * 4)
    require_bounded(f"name = \"Phường{dots}\" # {dots}\n# {dots}\nother = '{dots}'")


@pytest.mark.thorough
def test_every_template_is_far_below_the_bounds() -> None:
    for name in template.list_names():
        text = write(template.load(name))
        require_bounded(text)
        assert len(text) < FILE_MAX / 4
