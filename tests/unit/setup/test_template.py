"""Ready documents."""

import pytest

from motcua.desk import Invalid
from motcua.setup import template


def test_the_ward_template_is_whole() -> None:
    ward = template.load("ward")
    assert template.names() == ["ward"]
    assert [group.letter for group in ward.groups] == list("AHCDKBTG")
    assert [counter.number for counter in ward.counters] == [1, 2, 3, 4, 5, 6]
    assert ward.settings.unit.name == "Phường Mẫu"


@pytest.mark.parametrize("name", ["city", "", "../templates/ward"])
def test_an_unknown_template_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="There is no template"):
        template.load(name)
