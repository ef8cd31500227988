"""Papers that were handed in at a kiosk: when, what is taken, what becomes of them, and that nothing of them stays."""

from datetime import datetime
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Tx, Unknown
from motcua.dossiers.dropoffs import actions as dropoff_actions
from motcua.dossiers.dropoffs import store
from motcua.dossiers.dropoffs.model import DropOff, DropOffRequest, DropOffState, ScannedPage
from motcua.dossiers.dropoffs.rules import find_dropoff_code, is_open, write_dropoff_code
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import DossierState, FilingChannel
from motcua.settings import store as settings_store
from motcua.settings.model import DropOffRules, Settings
from tests.unit.dossiers.taken import AN, DEATH, FORM, THREE_DAYS, Taken

PAGES = (ScannedPage("declaration", b"first page of An"), ScannedPage("other", b"second page of An"))
EVENING = "2026-11-25T20:00:00+07:00"
"""A Wednesday."""


def arrange(tx: Tx, rules: DropOffRules) -> None:
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), dropoffs=rules))


@pytest.fixture
def closed(taken: Taken) -> Taken:
    """A hall in the evening, with a kiosk that takes papers."""
    taken.desk.do(arrange, DropOffRules(is_on=True))
    taken.clock.set(datetime.fromisoformat(EVENING))
    return taken


def hand_in(taken: Taken, **more: Any) -> DropOff:
    request = DropOffRequest(**{"procedure": DEATH, "applicant": AN, "pages": PAGES, **more})
    return taken.desk.by("kiosk:1").do(dropoff_actions.receive, taken.vault, request)


def current(taken: Taken, dropoff: DropOff) -> DropOff:
    with taken.desk.read() as db:
        return store.get_dropoff(db, dropoff.code)


def read_settings(taken: Taken) -> Settings:
    with taken.desk.read() as db:
        return settings_store.get_settings(db)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("23T04:59", False), ("23T05:00", True), ("23T07:30", False), ("23T12:15", True), ("23T20:00", True),
     ("23T22:00", False), ("29T10:00", True)],
)  # fmt: skip
def test_papers_are_taken_only_outside_opening_hours(closed: Taken, moment: str, expected: bool) -> None:
    local = datetime.fromisoformat(f"2026-11-{moment}")
    settings = read_settings(closed)
    assert is_open(settings, local, is_hall_opened=False) is expected
    assert not is_open(settings, local, is_hall_opened=True)
    assert not is_open(replace(settings, dropoffs=DropOffRules()), local, is_hall_opened=False)


def test_hours_may_go_over_midnight(closed: Taken) -> None:
    night = replace(read_settings(closed), dropoffs=DropOffRules(is_on=True, begin_min=20 * 60, end_min=5 * 60))
    hours = [
        is_open(night, datetime.fromisoformat(f"2026-11-23T{hour:02}:00"), is_hall_opened=False)
        for hour in (19, 20, 23, 4, 5)
    ]
    assert hours == [False, True, True, True, False]


def test_it_counts_from_the_next_opening_and_keeps_nothing_in_clear(closed: Taken) -> None:
    dropoff = hand_in(closed)
    assert (dropoff.state, dropoff.counts_from) == (DropOffState.WAITING, "2026-11-26T07:30")
    assert find_dropoff_code(write_dropoff_code(dropoff.code).lower()) == dropoff.code
    stored = b"".join(path.read_bytes() for path in closed.hall.folder.glob("desk.db*"))
    for secret in (b"page of An", "Nguyễn Văn An".encode(), b"0912345678", b"001090012345"):
        assert secret not in stored


def test_while_the_hall_is_open_nothing_is_taken(closed: Taken) -> None:
    closed.clock.set(datetime.fromisoformat("2026-11-26T09:00:00+07:00"))
    with pytest.raises(Refused, match="only while the hall is closed"):
        hand_in(closed)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"pages": ()}, "dropoff.pages_none"),
        ({"pages": (ScannedPage("nothing", b"x"),)}, "dropoff.paper"),
        ({"pages": (ScannedPage("other", b"x"),) * 31}, "dropoff.pages"),
        ({"applicant": Applicant("Nguyễn Văn An")}, "dropoff.contact"),
        ({"applicant": Applicant("", phone="0912345678")}, "applicant.name"),
        ({"applicant": Applicant("An", phone="12")}, "applicant.phone"),
        ({"applicant": Applicant("An", email="an@example.vn")}, "dropoff.factor"),
        ({"applicant": Applicant("An", email="an@example.vn", birth="20")}, "applicant.birth"),
        ({"procedure": "9.999999"}, "procedure.unknown"),
    ],
)
def test_what_is_not_whole_is_refused_and_leaves_nothing(closed: Taken, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        hand_in(closed, **more)
    assert refusal.value.code == code
    with closed.desk.read() as db:
        assert (store.count_waiting(db), list(store.list_digests(db))) == (0, [])


def test_an_officer_takes_it_in_and_the_scans_are_gone(closed: Taken) -> None:
    dropoff = hand_in(closed)
    closed.clock.set(datetime.fromisoformat("2026-11-26T10:00:00+07:00"))
    officer = closed.desk.by("officer:1")
    assert officer.do(dropoff_actions.open_dropoff, closed.vault, dropoff.code).applicant == AN
    assert officer.do(dropoff_actions.open_page, closed.vault, dropoff.code, 1) == b"second page of An"
    dossier = closed.lodge(dropoff=dropoff.code, channel=FilingChannel.DROP_OFF)
    assert (dossier.visit, dossier.counted_from, dossier.due_on) == (None, "2026-11-26", "2026-11-30")
    assert current(closed, dropoff) == replace(
        dropoff, state=DropOffState.TAKEN_IN, dossier=dossier.code, decided_at=dossier.received_at
    )
    with pytest.raises(Unknown, match="not there any more"):
        officer.do(dropoff_actions.open_page, closed.vault, dropoff.code, 0)
    with pytest.raises(Refused, match="dealt with this already"):
        closed.lodge(dropoff=dropoff.code, channel=FilingChannel.DROP_OFF)
    viewed = [event.kind for event in closed.events if event.kind.startswith("dropoff")]
    assert viewed == ["dropoff.received", "dropoff.opened", "dropoff.page_viewed"]


def test_taken_in_days_later_it_still_counts_from_the_first_morning(closed: Taken) -> None:
    dropoff = hand_in(closed)
    closed.clock.set(datetime.fromisoformat("2026-11-27T16:00:00+07:00"))
    dossier = closed.lodge(dropoff=dropoff.code, channel=FilingChannel.DROP_OFF)
    assert (dossier.counted_from, dossier.due_on) == ("2026-11-26", "2026-11-30")


def test_an_officer_asks_for_more_at_once(closed: Taken) -> None:
    dropoff = hand_in(closed)
    dossier = closed.lodge(
        dropoff=dropoff.code, channel=FilingChannel.DROP_OFF, decision=DossierState.SUPPLEMENT, missing=("deed",)
    )
    assert (dossier.state, current(closed, dropoff).dossier) == (DossierState.SUPPLEMENT, dossier.code)


@pytest.mark.parametrize("more", [{"channel": FilingChannel.DROP_OFF}, {"dropoff": "K7MQ2RXT"}])
def test_the_channel_is_that_of_a_drop_off_alone(closed: Taken, more: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="Only what was handed in at a kiosk"):
        closed.lodge(papers=(FORM,), limit=THREE_DAYS, **more)


def test_what_is_sent_back_tells_why_and_loses_its_scans(closed: Taken) -> None:
    dropoff = hand_in(closed)
    with pytest.raises(Invalid, match="Write down the reason"):
        closed.desk.do(dropoff_actions.send_back, closed.vault, dropoff.code, " ")
    closed.desk.do(dropoff_actions.send_back, closed.vault, dropoff.code, "Ảnh mờ, xin chụp lại.")
    with closed.desk.read() as db:
        assert store.list_page_papers(db, dropoff.code) == []
    attempt = closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, "5678")
    assert attempt.content is not None
    assert (attempt.content.words, attempt.content.applicant) == ("Ảnh mờ, xin chụp lại.", None)
    with pytest.raises(Refused, match="dealt with this already"):
        closed.desk.do(dropoff_actions.send_back, closed.vault, dropoff.code, "again")


def test_a_citizen_can_have_everything_erased(closed: Taken) -> None:
    dropoff = hand_in(closed)
    closed.desk.do(dropoff_actions.erase_dropoff, dropoff.code)
    with closed.desk.read() as db:
        assert list(store.list_digests(db)) == []
    assert current(closed, dropoff).state is DropOffState.LAPSED
    with pytest.raises(Refused, match="dealt with this already"):
        closed.desk.do(dropoff_actions.erase_dropoff, dropoff.code)


def test_an_e_mail_and_a_year_of_birth_are_enough_to_look_it_up(closed: Taken) -> None:
    dropoff = hand_in(closed, applicant=Applicant("An", email="an@example.vn", birth="1990"))
    contents = [
        closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, factor).content is not None
        for factor in ("1991", "", "@exa", "1990")
    ]
    assert contents == [False, False, False, True]


def test_five_wrong_answers_lock_the_look_up_for_an_hour(closed: Taken) -> None:
    dropoff = hand_in(closed)
    attempts = [
        closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, "0000").locked_until
        for _try in range(5)
    ]
    assert [until is not None for until in attempts] == [False, False, False, False, True]
    assert closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, "5678").content is None
    closed.clock.advance(61 * 60)
    assert closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, "5678").content is not None


def test_what_nobody_took_in_is_erased_in_time(closed: Taken) -> None:
    dropoff = hand_in(closed)
    closed.clock.advance(30 * 86400)
    assert closed.desk.do(dropoff_actions.purge_dropoffs) == 0
    closed.clock.advance(86400)
    assert closed.desk.do(dropoff_actions.purge_dropoffs) == 3
    assert current(closed, dropoff).state is DropOffState.LAPSED
    with closed.desk.read() as db:
        assert list(store.list_digests(db)) == []
    assert closed.desk.do(dropoff_actions.purge_dropoffs) == 0


def test_a_look_up_without_dossiers_is_not_there(closed: Taken) -> None:
    dropoff = hand_in(closed)
    closed.desk.do(
        lambda tx: settings_store.save(
            tx.db,
            replace(settings_store.get_settings(tx.db), dossiers=replace(read_settings(closed).dossiers, is_on=False)),
        )
    )
    with pytest.raises(Unknown):
        closed.desk.do(dropoff_actions.look_up_dropoff, closed.vault, dropoff.code, "5678")
