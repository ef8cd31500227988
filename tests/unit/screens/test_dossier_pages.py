"""The board of dossiers and the page of each, as officers and leaders use them."""

import io
from zipfile import ZipFile

import pytest

from motcua.checks.fleet import Fleet
from motcua.dossiers.events import DossierBookRead
from motcua.dossiers.model.dossier import DossierState
from motcua.settings.model import DossierRules
from motcua.wiring.alerting import AlertWatcher
from tests.told import require_told
from tests.unit.dossiers.taken import FORM, arrange
from tests.unit.screens.dossier_pages import DAY_S, DossierPages


@pytest.mark.thorough
def test_a_dossier_moves_from_box_to_box_as_its_day_comes(pages: DossierPages) -> None:
    dossier = pages.lodge()
    assert dossier.due_on is not None
    boxes = []
    for _day in range(8):
        boxes.append(next(box for box in ("later", "soon", "today", "late") if pages.count(box)))
        pages.taken.clock.advance(DAY_S)
    assert sorted(set(boxes), key=boxes.index) == ["later", "soon", "today", "late"]
    assert pages.rows("box=late") == [dossier.code]
    assert "working days late" in pages.ask("/dossiers?box=late", "lan").text
    assert pages.move(dossier, "ready").status_code == 303
    assert (pages.count("late"), pages.count("ready")) == (0, 1)
    assert pages.move(dossier, "return").status_code == 303
    assert pages.count("ready") == 0
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_officers_see_their_own_and_what_nobody_has_leaders_see_all(pages: DossierPages) -> None:
    mine, other = pages.lodge(), pages.taken.lodge()
    assert pages.move(other, "hand-over", step="2", holder=str(pages.minh)).status_code == 303
    assert pages.rows("box=later", "lan") == [mine.code, other.code]
    assert pages.rows("box=later", "hoa") == [mine.code]
    assert pages.rows("box=later", "minh") == [other.code]
    assert pages.rows(f"box=later&holder={pages.minh}", "minh") == [other.code]
    assert pages.rows(f"box=later&holder={pages.taken.officer}", "minh") == [other.code]
    assert pages.rows("box=later&step=Giải quyết") == [other.code]
    assert pages.rows("box=later&procedure=9.999999") == []
    assert pages.rows("box=nonsense&step=x&skip=-1&holder=%C4%91") == []
    pages.ask(f"/dossiers/{other.code}/moves/ready", form={})
    assert pages.rows("box=ready", "minh") == [other.code]


@pytest.mark.thorough
def test_an_officer_reads_on_the_board_what_is_urgent_and_leaders_choose_what_nobody_has(pages: DossierPages) -> None:
    mine, free = pages.lodge(), pages.taken.lodge()
    assert pages.move(free, "hand-over", step="2", holder="").status_code == 303
    pages.taken.clock.advance(5 * DAY_S)
    AlertWatcher(pages.taken.desk, Fleet()).tick()
    notice = pages.ask("/dossiers").text.split('id="own-alerts"', 1)[1].split("</section>", 1)[0]
    assert "Dossiers that are late: 1." in notice
    assert "Dossiers that have been with nobody for 1 working days: 1." in notice
    others = pages.ask("/dossiers", "minh").text.split('id="own-alerts"', 1)[1].split("</section>", 1)[0]
    assert others.count("<li>") == 2
    assert 'id="own-alerts"' not in pages.ask("/dossiers", "lan").text
    assert pages.rows("box=late", "lan") == [mine.code, free.code]
    assert pages.rows("box=late&holder=none", "lan") == [free.code]
    assert pages.rows("box=late&holder=none", "hoa") == [mine.code, free.code]


@pytest.mark.thorough
def test_nobody_is_named_until_somebody_opens_the_dossier_which_is_journalled(pages: DossierPages) -> None:
    dossier = pages.lodge()
    for path in ("/dossiers?box=later", f"/dossiers/{dossier.code}"):
        page = pages.ask(path).text
        assert "N*** An" in page
        assert "001090012345" not in page
    pages.taken.events.clear()
    assert "001090012345" in pages.ask(f"/dossiers/{dossier.code}/whole", form={}).text
    assert [event.kind for event in pages.taken.events] == ["dossier.opened"]


@pytest.mark.thorough
def test_the_page_says_why_a_move_cannot_be_made_and_what_is_wrong_with_a_form(pages: DossierPages) -> None:
    dossier = pages.lodge()
    page = pages.ask(f"/dossiers/{dossier.code}").text
    assert "There is no result to hand out yet." in page
    assert f'action="/dossiers/{dossier.code}/moves/return"' not in page
    assert "Nothing was asked for." in page
    for move, form, words in (
        ("hand-over", {"step": "9"}, "There is no such step"),
        ("hand-over", {"step": "1", "holder": "999"}, "Choose somebody who can sign in."),
        ("end", {"state": "gone"}, "A dossier is taken in"),
        ("end", {"state": "refused", "reason": "x"}, "reason"),
        ("extend", {"count": "2"}, "Write"),
        ("provincial-code", {"provincial_code": "x"}, "Write the code of the provincial system"),
        ("supplement", {}, "Nothing was asked for."),
        ("return", {"is_electronic": "1"}, "Write the number of the electronic result."),
        ("return", {"result_number": "12/TLKT"}, "Only an electronic result has a number here"),
        ("return", {}, "There is no result to hand out yet."),
    ):
        answer = pages.move(dossier, move, **form)
        assert answer.status_code in {409, 422}, (move, form)
        assert words in answer.text, (move, form)
    assert pages.taken.now(dossier) == dossier
    assert pages.ask("/dossiers/x/moves/ready", form={}).status_code == 404
    assert pages.move(dossier, "nonsense").status_code == 404


@pytest.mark.thorough
def test_every_move_by_its_form(pages: DossierPages) -> None:
    dossier = pages.lodge(papers=(FORM,))
    states = []
    for move, form in (
        ("hand-over", {"step": "1"}),
        ("supplement-request", {"paper": "deed"}),
        ("supplement", {"paper": "deed"}),
        ("fee/demand", {"amount": "15.000", "holds": "1"}),
        ("fee/pay", {"means": "cash"}),
        ("extend", {"count": "2", "words": "Người ký đi công tác"}),
        ("provincial-code", {"provincial_code": "H29.17-261123-0001"}),
        ("ready", {}),
        ("return", {"is_electronic": "1", "result_number": "12/TLKT"}),
    ):
        answer = pages.move(dossier, move, **form)
        assert answer.status_code == 303, (move, answer.text[:2000])
        states.append(pages.taken.now(dossier).state.value)
    assert states == [
        "processing", "supplement", "processing", "fee_due", "processing", "processing", "processing", "ready",
        "returned",
    ]  # fmt: skip
    page = pages.ask(f"/dossiers/{dossier.code}", lang="vi").text
    history = page.split('id="history"', 1)[1].split("</ol>", 1)[0]
    assert history.count("<li>") == 10
    assert "Hẹn lại ngày trả" in history
    assert "H29.17-261123-0001" in page
    assert ("bản điện tử" in page, "12/TLKT" in page) == (True, False)
    whole = pages.ask(f"/dossiers/{dossier.code}/whole", form={}, lang="vi").text
    assert "12/TLKT" in whole
    assert "12/TLKT" not in str(pages.taken.events)
    assert b"12/TLKT" not in (pages.taken.hall.folder / "desk.db").read_bytes()
    ended = pages.lodge()
    assert pages.move(ended, "end", state="stopped", words="Người nộp không đến").status_code == 303
    assert pages.taken.now(ended).state is DossierState.STOPPED
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_the_book_of_some_days_is_a_workbook_with_numbers_of_the_year_and_is_journalled(pages: DossierPages) -> None:
    first = pages.lodge()
    pages.taken.clock.advance(DAY_S)
    second, third = (
        pages.taken.lodge(),
        pages.taken.lodge(decision=DossierState.REFUSED, reason="not-eligible", words="x"),
    )
    pages.taken.events.clear()
    form = {"from": second.received_on, "to": second.received_on, "format": "xlsx"}
    answer = pages.ask("/dossiers", form=form)
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert [code in words for code in (first.code, second.code, third.code)] == [False, True, True]
    assert ("Nguyễn Văn An" in words, "<t>2</t>" in words, "<t>3</t>" in words) == (True, True, True)
    assert [(event.kind, event.rows) for event in pages.taken.events if isinstance(event, DossierBookRead)] == [
        ("dossiers.book_read", 2)
    ]
    for days in ({}, {"from": "x", "to": "y"}, {"from": "2026-12-31", "to": "2026-01-01"}):
        wrong = pages.ask("/dossiers", form=days)
        assert (wrong.status_code, "Choose the first and the last day" in wrong.text) == (422, True)
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_a_dossier_is_found_by_the_end_of_its_code_and_a_wrong_one_is_said(pages: DossierPages) -> None:
    dossier = pages.lodge()
    answer = pages.ask(f"/dossiers?q={dossier.code[-11:]}")
    assert (answer.status_code, answer.location) == (303, f"/dossiers/{dossier.code}")
    wrong = pages.ask("/dossiers?q=261123-9999")
    assert (wrong.status_code, "There is no dossier with this code." in wrong.text) == (404, True)
    assert pages.ask("/dossiers/%C4%91-x").status_code == 404


@pytest.mark.thorough
def test_while_dossiers_are_off_none_of_the_pages_is_there(pages: DossierPages) -> None:
    dossier = pages.lodge()
    pages.taken.desk.do(arrange, DossierRules(is_on=False))
    for path in ("/dossiers", f"/dossiers/{dossier.code}"):
        assert pages.ask(path).status_code == 404
    for path in (
        "/leaders/dossiers",
        "/leaders/dossiers/behind?figure=settled",
        "/leaders/reports/dossiers",
        "/api/v1/reports/dossiers",
        "/api/v1/reports/dossiers.csv",
    ):
        assert pages.ask(path, "lan").status_code == 404, path
    assert 'href="/dossiers"' not in pages.ask("/leaders/alerts", "lan").text
    assert pages.move(dossier, "ready").status_code == 404
