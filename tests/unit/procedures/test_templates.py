"""The ward's own forms are dated: the one of a day is the latest until then, its own before one of all procedures."""

import hashlib

import pytest

from motcua.desk import Refused
from motcua.procedures import actions
from motcua.procedures.model.template import TemplateRequest
from motcua.procedures.store import templates
from tests.conftest import Hall
from tests.told import require_told

DEATH = "1.000656"


def add(hall: Hall, procedure: str, name: str, since: str, content: bytes = b"PK1") -> int:
    digest = hashlib.sha256(content).hexdigest()
    return hall.desk.do(actions.add_template, TemplateRequest(procedure, name, since, digest, content, 1))


def list_names(hall: Hall, procedure: str, day: str) -> list[tuple[str, int]]:
    with hall.desk.read() as db:
        return [(item.name, item.id) for item in templates.list_templates_of(db, procedure, day)]


def test_the_form_of_a_day_is_the_latest_until_then_and_its_own_comes_before_one_of_all(hall: Hall) -> None:
    of_all, later = add(hall, "", "Giấy ủy quyền", "2026-01-01"), add(hall, "", "Giấy ủy quyền", "2027-01-01")
    own = add(hall, DEATH, " Tờ  khai ", "2026-06-01")
    of_all_too = add(hall, "", "Tờ khai", "2026-07-01")
    assert list_names(hall, DEATH, "2026-05-31") == [("Giấy ủy quyền", of_all)]
    assert list_names(hall, DEATH, "2026-12-31") == [("Giấy ủy quyền", of_all), ("Tờ khai", own)]
    assert list_names(hall, DEATH, "2027-01-01") == [("Giấy ủy quyền", later), ("Tờ khai", own)]
    assert list_names(hall, "2.000815", "2026-12-31") == [("Giấy ủy quyền", of_all), ("Tờ khai", of_all_too)]
    require_told(hall.folder)


def test_the_same_day_takes_the_place_and_a_removed_form_is_gone(hall: Hall) -> None:
    first = add(hall, DEATH, "Tờ khai", "2026-06-01")
    with pytest.raises(Refused, match="Exactly this form"):
        add(hall, DEATH, "Tờ khai", "2026-06-01")
    second = add(hall, DEATH, "Tờ khai", "2026-06-01", b"PK2")
    assert list_names(hall, DEATH, "2026-06-01") == [("Tờ khai", second)]
    with hall.desk.read() as db:
        assert templates.get_template_content(db, second) == b"PK2"
    hall.desk.do(actions.remove_template, second, 1)
    assert list_names(hall, DEATH, "2026-06-01") == []
    for number in (first, second):
        with pytest.raises(Refused, match="no such form"):
            hall.desk.do(actions.remove_template, number, 1)
    require_told(hall.folder)


@pytest.mark.parametrize(
    ("procedure", "name", "since", "code"),
    [
        (DEATH, " ", "2026-06-01", "template.name"),
        (DEATH, "x" * 101, "2026-06-01", "template.name"),
        (DEATH, "Tờ khai", "2026-13-01", "procedure.day"),
        (DEATH, "Tờ khai", "", "procedure.day"),
        ("9.999999", "Tờ khai", "2026-06-01", "procedure.unknown"),
    ],
)
def test_what_is_wrong_is_named_and_leaves_nothing(
    hall: Hall, procedure: str, name: str, since: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add(hall, procedure, name, since)
    assert refusal.value.code == code
    with hall.desk.read() as db:
        assert templates.count_templates(db) == 0


def test_there_are_not_more_than_two_hundred(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "TEMPLATES_MAX", 1)
    add(hall, "", "Một", "2026-06-01")
    with pytest.raises(Refused, match="Remove one first"):
        add(hall, "", "Hai", "2026-06-01")
