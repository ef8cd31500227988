"""A dossier is taken in: its code, its day, what it must have, and what the raw store and the journal never hold."""

import json

import pytest

from motcua.copies import replace
from motcua.desk import Refused, journal
from motcua.dossiers import actions
from motcua.dossiers.events import DossierLodged, DossierOpened
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
from motcua.dossiers.store import dossiers, secrets
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings.model import DossierRules
from motcua.wiring import erasing
from tests.unit.dossiers.taken import ALLOWANCE, AN, FORM, VAULT, Taken, arrange


def refusal(taken: Taken, **more: object) -> str:
    before = taken.desk.head
    with pytest.raises(Refused) as caught:
        taken.lodge(**more)
    assert taken.desk.head == before
    return caught.value.code


def test_codes_are_a_daily_series_without_gaps(taken: Taken) -> None:
    taken.call()
    codes = [taken.lodge().code, taken.lodge().code]
    assert refusal(taken, sets=0) == "dossier.sets"
    codes.append(taken.lodge().code)
    taken.clock.advance(86400 * 2)
    taken.desk.do(arrange, DossierRules(is_on=True))
    codes.append(taken.lodge(channel=FilingChannel.POST).code)
    start = "MC.000.25.01.H17-261123-"
    assert codes == [f"{start}0001", f"{start}0002", f"{start}0003", "MC-261125-0001"]


def test_what_was_taken_in_has_its_day_and_belongs_to_the_visit_in_hand(taken: Taken) -> None:
    visit = taken.call()
    dossier = taken.lodge(papers=(FORM, HandedPaper("id-card", from_data=True)), sets=2)
    assert (dossier.state, dossier.visit, dossier.counter, dossier.officer) == ("received", visit, 1, taken.officer)
    assert (dossier.counted_from, dossier.due_on, dossier.due_at) == ("2026-11-23", "2026-11-27", "17:00")
    with taken.desk.read() as db:
        assert dossiers.list_of_visit(db, visit) == [dossier]
        assert secrets.find_applicant(db, VAULT, dossier.code) == AN
        assert [move.move for move in dossiers.list_dossier_moves(db, dossier.code)] == ["lodged"]


def test_a_visit_has_at_most_five_dossiers_and_nobody_at_the_counter_has_none(taken: Taken) -> None:
    assert refusal(taken) == "counter.idle"
    taken.call()
    for _turn in range(5):
        taken.lodge()
    assert refusal(taken) == "dossier.visit_full"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"procedure": "9.999999"}, "procedure.unknown"),
        ({"procedure": ALLOWANCE, "limit": None}, "dossier.limit"),
        ({"limit": TimeLimit(LimitUnit.DAYS, 0)}, "dossier.limit_long"),
        ({"limit": TimeLimit(LimitUnit.DAYS, 10**9)}, "dossier.limit_long"),
        ({"papers": (FORM, FORM)}, "dossier.papers"),
        ({"papers": (HandedPaper("form", originals=1000),)}, "dossier.papers"),
        ({"papers": (HandedPaper("<script>", originals=1),)}, "dossier.papers"),
        ({"papers": (HandedPaper("form"),)}, "dossier.papers_none"),
        ({"papers": (HandedPaper("x1", originals=1),)}, "dossier.paper_name"),
        ({"papers": (HandedPaper("x1", originals=1),), "typed": (("x1", " "),)}, "dossier.paper_name"),
        ({"words": "a" * 2001}, "dossier.words_long"),
        ({"decision": DossierState.REFUSED}, "dossier.reason"),
        ({"decision": DossierState.REFUSED, "reason": "because"}, "dossier.reason"),
        ({"decision": DossierState.SUPPLEMENT}, "dossier.missing"),
        ({"decision": DossierState.READY}, "dossier.decision"),
        ({"applicant": Applicant("123")}, "applicant.name"),
        ({"applicant": replace(AN, number="12345")}, "applicant.number"),
        ({"applicant": replace(AN, birth="31/02/1990")}, "applicant.birth"),
        ({"applicant": replace(AN, birth="2050")}, "applicant.birth"),
        ({"applicant": replace(AN, phone="12")}, "applicant.phone"),
        ({"applicant": replace(AN, email="an@")}, "applicant.email"),
        ({"applicant": replace(AN, address="a" * 301)}, "applicant.address"),
    ],
)
def test_what_is_not_whole_is_refused_and_writes_nothing(taken: Taken, more: dict[str, object], code: str) -> None:
    taken.call()
    assert refusal(taken, **more) == code


def test_papers_that_a_situation_needs_must_be_there_or_be_asked_for_all_at_once(taken: Taken) -> None:
    taken.call()
    situation = {"choices": (("long-ago", "no"), ("authorised", "yes"))}
    assert refusal(taken, **situation) == "dossier.incomplete"
    supplement = {**situation, "decision": DossierState.SUPPLEMENT}
    assert refusal(taken, **supplement, missing=("death-notice",)) == "dossier.supplement_whole"
    asked = taken.lodge(**supplement, missing=("death-notice", "authorisation"))
    assert asked.missing == ("death-notice", "authorisation")
    assert taken.lodge(choices=(("long-ago", "no"), ("authorised", "no")), papers=(
        HandedPaper("death-notice", originals=1),)).state is DossierState.RECEIVED  # fmt: skip


def test_where_dossiers_are_off_there_are_none(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    taken.desk.do(arrange, DossierRules())
    assert refusal(taken) == "dossiers.off"
    with pytest.raises(Refused) as caught:
        taken.desk.do(actions.finish, dossier.code)
    assert caught.value.code == "dossiers.off"


def test_the_journal_and_the_raw_store_hold_no_name_number_or_text(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge(
        papers=(FORM, HandedPaper("x1", copies=1)),
        typed=(("x1", "Giấy ủy quyền của Trần Bình"),),
        words="Gọi Trần Bình",
    )
    with taken.desk.read() as db:
        rows = json.dumps(list(journal.read_rows(db)), ensure_ascii=False)
        content = actions.DossierContent(
            dossier,
            secrets.find_applicant(db, VAULT, dossier.code),
            secrets.map_paper_names(db, VAULT, dossier.code),
            tuple(secrets.list_words(db, VAULT, dossier.code)),
        )
        found_by = secrets.find_by_number(db, VAULT, AN.number, 5)
    assert content.names == {"x1": "Giấy ủy quyền của Trần Bình"}
    assert content.words == (("lodged", "Gọi Trần Bình"),)
    assert found_by == [dossier.code]
    raw = b"".join(path.read_bytes() for path in taken.hall.folder.rglob("*") if path.is_file())
    for text in (AN.number, AN.name, AN.phone, AN.address, AN.email, "Trần Bình", "Văn An"):
        assert text not in rows
        assert text.encode() not in raw


def test_the_data_of_a_dossier_that_ended_are_erased_after_their_time(taken: Taken) -> None:
    taken.call()
    taken.desk.do(arrange, DossierRules(is_on=True, dossier_days=30))
    over, running = taken.lodge(), taken.lodge()
    taken.desk.do(actions.finish, over.code)
    taken.desk.do(actions.hand_out, over.code)
    for days, is_there in ((30, True), (1, False)):
        taken.clock.advance(days * 86400)
        for purge in (erasing.purge_applicants, erasing.purge_kept):
            taken.desk.do(purge)
        with taken.desk.read() as db:
            assert (secrets.find_applicant(db, VAULT, over.code) is not None) is is_there
            assert secrets.find_applicant(db, VAULT, running.code) == AN


def test_what_is_erased_is_gone_from_every_byte(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    with taken.desk.read() as db:
        body = secrets.list_sealed(db, dossier.code)[0].body
    files = [path for path in taken.hall.folder.rglob("*") if path.is_file()]
    assert any(body in path.read_bytes() for path in files)
    taken.desk.do(actions.erase_dossier, dossier.code)
    assert taken.events[-1].kind == "dossier.erased"
    taken.desk.scrub()
    taken.desk.fold()
    assert not any(body[:24] in path.read_bytes() for path in taken.hall.folder.rglob("*") if path.is_file())
    with taken.desk.read() as db:
        assert secrets.find_applicant(db, VAULT, dossier.code) is None
    seq = taken.desk.head.seq
    taken.desk.do(actions.erase_dossier, dossier.code)
    assert taken.desk.head.seq == seq


def test_who_reads_the_applicant_is_journalled(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    content = taken.desk.by("officer:1").do(actions.open_dossier, VAULT, dossier.code)
    assert content.applicant == AN
    assert taken.events[-1] == DossierOpened(dossier.code)
    assert AN.number not in repr(content)


def test_a_scanned_paper_says_so_and_what_comes_from_data_is_never_scanned(taken: Taken) -> None:
    taken.call()
    papers = (HandedPaper("form", originals=1, is_scanned=True), HandedPaper("x1", copies=1))
    dossier = taken.lodge(papers=papers, typed=(("x1", "Giấy khác"),))
    assert [paper.is_scanned for paper in taken.now(dossier).papers] == [True, False]
    (event,) = [event for event in taken.events if isinstance(event, DossierLodged)]
    assert ["is_scanned" in str(paper) for paper in event.papers] == [True, False]
    assert refusal(taken, papers=(FORM, HandedPaper("deed", from_data=True, is_scanned=True))) == (
        "dossier.papers_scanned"
    )
