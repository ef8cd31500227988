"""A list of papers that was asked for goes to the printer of tickets, whole and with its code."""

import json
from typing import Any

import pytest

from motcua.desk import Refused, jobs, stamp
from motcua.devices.paper.layout import Row, fill, parse
from motcua.devices.paper.ticket import get_values
from motcua.devices.printer.text_file import write_ticket
from motcua.procedures import actions
from motcua.wiring import printer
from motcua.wiring.checklist_paper import LAYOUT, compose_checklist
from tests.conftest import TODAY, Hall
from tests.told import require_told
from tests.unit.wiring.test_paper import add_printer

BIRTH = "1.001193"
CHOICES = {"child": "usual", "birth-notice": "yes", "filer": "parent"}


def compose(hall: Hall) -> dict[str, Any]:
    with hall.desk.read() as db:
        return compose_checklist(db, BIRTH, CHOICES, TODAY).to_payload()


def test_the_paper_lists_what_the_situation_needs(hall: Hall) -> None:
    payload = compose(hall)
    rows = fill(parse(LAYOUT), get_values(payload, "http://192.168.1.10:8080"))
    texts = [row.text for row in rows if row.style != "rule"]
    assert texts[-6:] == [
        "Đăng ký khai sinh",
        "[ ] Tờ khai theo mẫu",
        "[ ] Giấy chứng sinh",
        "Danh mục này trên điện thoại:",
        "http://192.168.1.10:8080/procedures/1.001193?s=child:usual,birth-notice:yes,filer:parent",
        "Danh mục thủ tục hành chính công khai của Đà Nẵng",
    ]
    assert Row("qr", texts[-2]) in rows


def test_a_text_printer_prints_it_without_a_number(hall: Hall) -> None:
    text = write_ticket(compose(hall), "http://192.168.1.10:8080")
    assert "[ ] Giấy chứng sinh" in text
    assert "SỐ THỨ TỰ" not in text.upper()


def test_without_a_printer_nothing_is_planned_and_the_wish_is_journalled(hall: Hall) -> None:
    printer.install(hall.desk)
    hall.desk.do(actions.print_checklist, BIRTH, {**CHOICES, "weather": "fine"})
    with hall.desk.read() as db:
        row = db.execute("SELECT action, data FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        assert row["action"] == "checklist.printed"
        assert "weather" not in row["data"]
        assert list(jobs.list_waiting(db, "1", stamp(hall.clock.now()))) == []


def test_a_list_is_printed_once_every_question_is_answered(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.desk.do(actions.print_checklist, BIRTH, {"child": "usual"})
    assert refusal.value.code == "checklist.open"


def test_the_printer_of_tickets_prints_it(hall: Hall) -> None:
    add_printer(hall)
    printer.install(hall.desk)
    hall.desk.do(actions.print_checklist, BIRTH, CHOICES)
    with hall.desk.read() as db:
        row = db.execute("SELECT device, kind, payload FROM jobs").fetchone()
    assert row["kind"] == "print"
    assert json.loads(row["payload"]) == compose(hall)
    require_told(hall.folder)
