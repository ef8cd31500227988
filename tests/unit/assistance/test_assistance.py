"""The help team enters whom it helped: what is taken, what is refused, and the figures that leaders read."""

from collections.abc import Iterator

import pytest

from motcua.assistance import actions, store
from motcua.assistance.model import Assistance, AssistanceOutcome, AssistanceRequest
from motcua.desk import Invalid, Refused, Unknown
from motcua.queue import actions as queue_actions
from motcua.queue.model import TicketMatter, TicketRequest, find_no_wait
from motcua.reports.kinds import ASSISTANCE
from motcua.reports.values import Period
from motcua.views.assistance import describe_team_day
from tests.conftest import TODAY, Hall
from tests.told import require_told

BIRTH, COPY = "1.001193", "2.000815"


@pytest.fixture(autouse=True)
def tables_as_journalled(hall: Hall) -> Iterator[None]:
    yield
    require_told(hall.folder)


def enter(hall: Hall, *outcomes: str, number: str = "", procedure: str = "", **more: object) -> Assistance:
    request = AssistanceRequest(outcomes or ("filed",), number, procedure, **more)  # type: ignore[arg-type]
    return hall.desk.by("helper:token5").do(actions.record_assistance, request)


@pytest.mark.thorough
def test_an_entry_has_what_was_done_and_what_the_ticket_was_taken_for(hall: Hall) -> None:
    wish = TicketRequest("birth", matter=TicketMatter(BIRTH, (), ()))
    number = hall.desk.do(queue_actions.take_number, wish, find_no_wait).ticket.number
    item = enter(hall, "account", "filed", number=number.lower(), minutes=15)
    assert (item.day, item.visit, item.procedure, item.minutes) == (TODAY, f"20261123-{number}", BIRTH, 15)
    assert item.outcomes == (AssistanceOutcome.FILED, AssistanceOutcome.ACCOUNT)
    with hall.desk.read() as db:
        today = describe_team_day(db, TODAY)
    assert today["count"] == 1
    assert (today["items"][0]["number"], today["items"][0]["name"]["en"]) == (number, "Register a birth")


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (AssistanceRequest(()), "assistance.outcome"),
        (AssistanceRequest(("filed", "danced")), "assistance.outcome"),
        (AssistanceRequest(("filed",), number="A999"), "ticket.unknown"),
        (AssistanceRequest(("filed",), number="Nguyễn Văn An"), "ticket.unknown"),
        (AssistanceRequest(("filed",), procedure="9.999999"), "procedure.unknown"),
        (AssistanceRequest(("filed",), minutes=0), "assistance.minutes"),
        (AssistanceRequest(("filed",), minutes=241), "assistance.minutes"),
        (AssistanceRequest(("filed",), day="2026-11-24"), "assistance.day"),
        (AssistanceRequest(("filed",), day="2026-11-19"), "assistance.day"),
        (AssistanceRequest(("filed",), day="yesterday"), "assistance.day"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(hall: Hall, request_: AssistanceRequest, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        hall.desk.do(actions.record_assistance, request_)
    assert refusal.value.code == code
    with hall.desk.read() as db:
        assert store.list_assistances(db, "2026-01-01", "2026-12-31") == []


def test_what_was_entered_without_a_network_counts_on_its_own_day(hall: Hall) -> None:
    enter(hall, day="2026-11-20")
    with hall.desk.read() as db:
        assert [item.day for item in store.list_assistances(db, "2026-11-20", "2026-11-20")] == ["2026-11-20"]
        assert store.count_of_day(db, TODAY) == 0


def test_a_mistake_is_taken_back_once_and_counts_no_more(hall: Hall) -> None:
    item = enter(hall)
    hall.desk.do(actions.withdraw_assistance, item.id)
    with pytest.raises(Refused, match="already"):
        hall.desk.do(actions.withdraw_assistance, item.id)
    with pytest.raises(Unknown):
        hall.desk.do(actions.withdraw_assistance, 77)
    with hall.desk.read() as db:
        assert store.list_assistances(db, TODAY, TODAY) == []
    late = enter(hall)
    hall.clock.advance(4 * 86_400)
    with pytest.raises(Refused, match="more than 3 days"):
        hall.desk.do(actions.withdraw_assistance, late.id)


def test_leaders_read_how_many_were_helped_with_what(hall: Hall) -> None:
    enter(hall, "filed", "account", procedure=BIRTH, minutes=10, day="2026-11-20")
    enter(hall, "filed", procedure=BIRTH, minutes=20)
    enter(hall, "phone")
    hall.desk.do(actions.withdraw_assistance, enter(hall, "form", procedure=COPY).id)
    with hall.desk.read() as db:
        sheet = ASSISTANCE.build(db, Period("2026-11-01", "2026-11-30"))
    outcomes, days, procedures, online = sheet.tables
    assert [row[1] for row in outcomes.rows] == [2, 0, 1, 1, 0]
    assert (outcomes.rows[0][2], outcomes.rows[0][5]) == (667, 3)
    assert days.rows == (("2026-11-20", 1, 1, 0, 1, 0, 0, 1, 600), (TODAY, 2, 1, 0, 0, 1, 0, 1, 1200))
    assert procedures.rows[0] == (
        BIRTH, {"vi": "Đăng ký khai sinh", "en": "Register a birth"}, 2, 2, 0, 1, 0, 0, 2, 900,
    )  # fmt: skip
    assert procedures.rows[1][0] == ""
    assert online.rows == ()
