"""Letters that are written out on a dossier's page, and the leaders' report of dossiers."""

import re

import pytest

from motcua.copies import replace
from motcua.dossiers.model.dossier import DossierState
from tests.told import require_told
from tests.unit.dossiers.taken import FORM, RULES, arrange
from tests.unit.screens.dossier_pages import DAY_S, DossierPages


def form_of(page: str, section: str) -> dict[str, str]:
    """Return what the filled-in form of a section would send."""
    form = page.split(f'id="{section}"', 1)[1].split("</form>", 1)[0]
    values = dict(re.findall(r'<input[^>]*?value="([^"]*)"[^>]*?name="([^"]+)"', form))
    sent = {name: value for value, name in values.items()}
    sent.update(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form))
    sent["words"] = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", form)[0]
    return sent


@pytest.mark.thorough
def test_a_late_dossier_has_its_apology_written_out_which_is_confirmed_once(pages: DossierPages) -> None:
    dossier = pages.lodge()
    assert 'id="letter"' not in pages.ask(f"/dossiers/{dossier.code}").text
    assert 'id="letters"' not in pages.ask("/dossiers").text
    pages.taken.clock.advance(7 * DAY_S)
    assert f'data-letter="{dossier.code}"' in pages.ask("/dossiers").text
    assert f'data-letter="{dossier.code}"' in pages.ask("/dossiers", "lan").text
    page = pages.ask(f"/dossiers/{dossier.code}").text
    letter = form_of(page, "letter")
    assert "This dossier is late." in page
    assert (letter["count"], letter["words"]) == (
        "5",
        "Hồ sơ đang ở bước “Tiếp nhận”. Phần việc còn lại cần thêm 3 ngày làm việc.",
    )
    assert pages.move(dossier, "extend", **{**letter, "reason": "nonsense"}).status_code == 422
    assert pages.taken.now(dossier) == dossier
    assert pages.move(dossier, "extend", **{**letter, "reason": "volume"}).status_code == 303
    extended = pages.taken.now(dossier)
    assert (extended.due_on, extended.extensions) == ("2026-12-03", 1)
    whole = pages.ask(f"/dossiers/{dossier.code}/whole", form={}).text
    assert "Số lượng hồ sơ tăng cao so với bình thường. Hồ sơ đang ở bước" in whole
    assert 'id="letter"' not in whole
    pages.taken.clock.advance(20 * DAY_S)
    assert 'id="letters"' not in pages.ask("/dossiers", "lan").text
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_a_request_for_papers_without_an_answer_has_its_stop_notice_written_out(pages: DossierPages) -> None:
    pages.taken.desk.do(arrange, replace(RULES, supplement_days=4, supplement_basis="Quy chế số 12"))
    dossier = pages.lodge(decision=DossierState.SUPPLEMENT, papers=(FORM,), missing=("deed",))
    pages.taken.clock.advance(5 * DAY_S)
    assert f'data-letter="{dossier.code}"' in pages.ask("/dossiers").text
    letter = form_of(pages.ask(f"/dossiers/{dossier.code}").text, "letter")
    words = (
        "Giấy tờ yêu cầu bổ sung ngày 23/11/2026 không được nộp trước khi hết ngày 27/11/2026. Căn cứ: Quy chế số 12."
    )
    assert (letter["state"], letter["words"]) == ("stopped", words)
    assert pages.move(dossier, "end", **letter).status_code == 303
    assert pages.taken.now(dossier).state is DossierState.STOPPED
    assert 'id="letters"' not in pages.ask("/dossiers").text
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_leaders_read_the_report_and_open_what_stands_behind_a_figure(pages: DossierPages) -> None:
    dossier = pages.lodge()
    page = pages.ask("/leaders/dossiers", "lan", "vi").text
    assert ("Hồ sơ từ 01/11/2026 đến 23/11/2026" in page, "Theo lĩnh vực" in page) == (True, True)
    assert 'href="/leaders/dossiers" aria-current="page"' in page
    assert 'href="/dossiers"' in pages.ask("/leaders/alerts", "lan").text
    links = re.findall(r'href="(/leaders/dossiers/behind[^"]+)"', page)
    assert len(links) == 8
    texts = [pages.ask(link.replace("&amp;", "&"), "lan", "vi") for link in links]
    assert {answer.status_code for answer in texts} == {200}
    assert f'href="/dossiers/{dossier.code}"' in texts[1].text
    assert "/leaders/indices?from=2026-11-01&amp;to=2026-11-23" in page or "/leaders/indices?from=2026-11-01&to" in page
    assert pages.ask("/leaders/dossiers/behind?figure=x", "lan").status_code == 404
    assert pages.ask("/leaders/dossiers/behind?figure=settled&from=x", "lan").status_code == 422
    assert pages.ask("/leaders/dossiers", "hoa").status_code == 403
    assert pages.ask("/api/v1/reports/dossiers.csv", "lan").data.decode().count("Hộ tịch") >= 1
    board = pages.ask("/dossiers", "lan").text
    assert 'aria-current="page"' in board.split('class="tabs"', 1)[1].split("</ul>", 1)[0]
