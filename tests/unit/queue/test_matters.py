"""A ticket with what its citizen looked up before: taken over as it is, refused where it is not the desk's own."""

import json
from typing import Any, cast

import pytest

from motcua.desk import Invalid
from motcua.desk.journal import read_rows
from motcua.devices.printer.text_file import write_ticket
from motcua.queue import actions, store
from motcua.queue.model import TicketMatter, TicketRequest, find_no_wait
from motcua.views.matters import describe_matter
from motcua.wiring.paper import compose_ticket
from tests.unit.queue.at_the_desk import Day

BIRTH = "1.001193"
ANSWERS = (("child", "usual"), ("birth-notice", "yes"), ("filer", "parent"))
ANSWERED = "child:usual,birth-notice:yes,filer:parent"


def take(day: Day, matter: TicketMatter | None, service: str = "birth") -> str:
    wish = TicketRequest(service, matter=matter)
    return day.desk.do(actions.take_number, wish, find_no_wait).ticket.id


def test_the_officer_sees_which_papers_the_citizen_has(day: Day) -> None:
    ticket = take(day, TicketMatter(BIRTH, ANSWERS, ("birth-notice",)))
    with day.desk.read() as db:
        matter = describe_matter(db, store.get(db, ticket))
    assert matter == {
        "procedure": BIRTH,
        "name": {"vi": "Đăng ký khai sinh", "en": "Register a birth"},
        "situation": ANSWERED,
        "ticks": "01",
    }


def test_answers_and_papers_are_kept_in_the_order_of_the_checklist(day: Day) -> None:
    ticket = take(day, TicketMatter(BIRTH, ANSWERS[::-1], ("birth-notice", "declaration", "birth-notice")))
    with day.desk.read() as db:
        assert store.find_matter(db, ticket) == TicketMatter(BIRTH, ANSWERS, ("declaration", "birth-notice"))


def test_the_journal_has_codes_only_and_nothing_for_others(day: Day) -> None:
    take(day, TicketMatter(BIRTH, ANSWERS, ("declaration",)))
    take(day, None)
    with day.desk.read() as db:
        first, second = (
            cast("dict[str, Any]", row["data"]) for row in read_rows(db) if row["action"] == "ticket.issued"
        )
    assert first["matter"] == {"procedure": BIRTH, "choices": dict(ANSWERS), "papers": ["declaration"]}
    assert "matter" not in second


def test_a_procedure_without_a_checklist_is_told_without_papers(day: Day) -> None:
    ticket, other = take(day, TicketMatter("1.003677")), take(day, None)
    with day.desk.read() as db:
        matter = describe_matter(db, store.get(db, ticket))
        assert describe_matter(db, store.get(db, other)) is None
    assert matter is not None
    assert (matter["situation"], matter["ticks"]) == ("", "")


@pytest.mark.parametrize(
    ("matter", "code"),
    [
        (TicketMatter("9.999999"), "procedure.unknown"),
        (TicketMatter(""), "procedure.unknown"),
        (TicketMatter(BIRTH, (("child", "twin"),)), "matter.changed"),
        (TicketMatter(BIRTH, (("weather", "fine"),)), "matter.changed"),
        (TicketMatter(BIRTH, (("child", "abandoned"), ("birth-notice", "yes"))), "matter.changed"),
        (TicketMatter(BIRTH, ANSWERS, ("passport",)), "matter.changed"),
        (TicketMatter(BIRTH, ANSWERS, ("witness",)), "matter.changed"),
        (TicketMatter("1.003677", (("child", "usual"),)), "matter.changed"),
    ],
)
def test_what_the_desk_does_not_offer_is_refused_and_no_number_is_taken(
    day: Day, matter: TicketMatter, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take(day, matter)
    assert refusal.value.code == code
    with day.desk.read() as db:
        assert store.count_by_state(db, "2026-11-23") == {}
        assert db.execute("SELECT count(*) FROM ticket_matters").fetchone()[0] == 0


def test_a_matter_in_the_store_is_plain_json(day: Day) -> None:
    take(day, TicketMatter(BIRTH, ANSWERS, ("declaration",)))
    with day.desk.read() as db:
        choices, papers = db.execute("SELECT choices, papers FROM ticket_matters").fetchone()
    assert (json.loads(choices), json.loads(papers)) == (dict(ANSWERS), ["declaration"])


def test_the_paper_of_the_ticket_lists_what_was_looked_up(day: Day) -> None:
    ticket, other = take(day, TicketMatter(BIRTH, ANSWERS, ("birth-notice",))), take(day, None)
    with day.desk.read() as db:
        payload = compose_ticket(db, store.get(db, ticket)).to_payload()
        plain = compose_ticket(db, store.get(db, other)).to_payload()
    assert payload["procedure"] == "Đăng ký khai sinh"
    assert payload["papers"] == ["[ ] Tờ khai theo mẫu", "[x] Giấy chứng sinh"]
    assert "procedure" not in plain
    text = write_ticket(payload, "")
    assert "Giấy tờ cho: Đăng ký khai sinh" in text
    assert "[x] Giấy chứng sinh" in text
