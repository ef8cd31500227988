"""The pages of officers' figures: what leaders see, what an officer sees of the own work, and what is refused."""

from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from motcua.desk import Desk
from motcua.screens.officer_pages import list_quick_periods
from motcua.server import build
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource
from motcua.web.site import Site
from tests.conftest import TODAY, Hall
from tests.unit.reports.officers.plenty import Plenty, plant

PEOPLE = {"an": Role.OFFICER, "binh": Role.OFFICER, "truong": Role.LEADER}
DAYS = f"?from={TODAY}&to={TODAY}"


@dataclass
class Pages:
    """A desk with officers 1 and 2, and a way to ask as one of its people; "program" is an officer's nameless token."""

    desk: Desk
    site: Site
    tokens: dict[str, str]

    def ask(self, who: str, path: str, lang: str = "en") -> TestResponse:
        headers = {"Accept-Language": lang, "Accept": "text/html", "Authorization": f"Bearer {self.tokens[who]}"}
        return self.site.app.test_client().get(path, headers=headers)

    def read(self, who: str, path: str, lang: str = "en") -> str:
        answer = self.ask(who, path, lang)
        assert answer.status_code == 200
        return " ".join(answer.get_data(as_text=True).partition("<main")[2].split())


@pytest.fixture
def pages(hall: Hall) -> Pages:
    tokens = {"program": hall.desk.do(staff_actions.add_token, "officer", None, "p", None).secret}
    for name, role in PEOPLE.items():
        hall.desk.do(staff_actions.save_account, Account(0, name, f"Lê {name.title()}", "", role, None, "x", False))
        tokens[name] = hall.desk.do(staff_actions.add_token, role.value, None, name, name).secret
    return Pages(hall.desk, build(hall.desk), tokens)


@pytest.mark.thorough
def test_a_leader_reads_the_rate_with_n_reasons_from_five_and_the_weeks(pages: Pages) -> None:
    pages.desk.do(plant, [Plenty(1, "A", 3, 8, reasons=("slow",)), Plenty(1, "H", 0, 4, reasons=("rude",))])
    text = pages.read("truong", f"/leaders/officers/1{DAYS}")
    assert "<b>25.0%</b>" in text
    assert "n = 12" in text
    assert "Slow: 5" in text
    assert "Manner" not in text
    assert text.count("outside the limits") == 1  # the sentence that explains it
    assert "23/11/2026" in text
    assert "Lê An" in text


@pytest.mark.thorough
def test_an_officer_reads_full_fives_alone_and_is_told_so(pages: Pages) -> None:
    pages.desk.do(plant, [Plenty(1, "A", 0, 4)])
    assert "fewer than five ratings" in pages.read("an", f"/my/figures{DAYS}")
    pages.desk.do(plant, [Plenty(1, "A", 4, 4)])
    text = pages.read("an", f"/my/figures{DAYS}")
    assert "<b>20.0%</b>" in text
    assert "n = 5" in text
    assert "as of the last full five" in text
    assert "n = 8" not in text
    pages.desk.do(plant, [Plenty(1, "A", 2, 2)])
    assert "n = 10" in pages.read("an", f"/my/figures{DAYS}")


@pytest.mark.thorough
def test_an_officers_rate_is_drawn_to_the_mean_only_among_three(pages: Pages) -> None:
    pages.desk.do(plant, [Plenty(1, "A", 4, 5), Plenty(2, "A", 1, 5)])
    assert "too few other officers" in pages.read("an", f"/my/figures{DAYS}")
    pages.desk.do(plant, [Plenty(3, "A", 1, 5)])
    assert "too few other officers" not in pages.read("an", f"/my/figures{DAYS}")


@pytest.mark.thorough
def test_suggestions_are_a_list_for_leaders_and_counts_for_the_officer(pages: Pages) -> None:
    pages.desk.do(plant, [Plenty(1, "A", 1, 1)])
    pages.desk.do(lambda tx: tx.db.execute("UPDATE counters SET officer = 1 WHERE number = 1"))
    for kind in ("suggestion", "denunciation"):
        words = SuggestionRequest("Nên có thêm ghế cho người già", SuggestionSource.WEB, kind=kind, counter=1)
        pages.desk.do(suggestion_actions.receive, words)
    leader, officer = pages.read("truong", f"/leaders/officers/1{DAYS}"), pages.read("an", f"/my/figures{DAYS}")
    assert 'href="/suggestions/1"' in leader
    assert "/suggestions/" not in officer
    assert "thêm ghế" not in leader + officer
    assert "Waiting to be taken: 1" in officer


@pytest.mark.thorough
def test_the_comparison_says_what_is_missing_and_opens_with_enough_answers(pages: Pages) -> None:
    pages.desk.do(plant, [Plenty(1, "A", 9, 10), Plenty(2, "A", 5, 10)])
    text = pages.read("truong", f"/leaders/comparison{DAYS}")
    assert 'data-open="false"' in text
    assert "answers are missing" in text or "no difference" in text
    assert "Chưa đủ dữ liệu" in pages.read("truong", f"/leaders/comparison{DAYS}", "vi")
    assert "data-funnel" not in text
    assert "%" not in text.partition("<tbody")[2].partition("</tbody")[0]
    pages.desk.do(plant, [Plenty(1, "A", 590, 600), Plenty(2, "A", 400, 600)])
    text = pages.read("truong", f"/leaders/comparison{DAYS}")
    assert 'data-open="true"' in text
    assert 'data-funnel="A"' in text
    rows = text.partition("<tbody")[2].partition("</tbody")[0]
    assert rows.index("Lê An") < rows.index("Lê Binh")
    assert rows.count("look into it") == 2


@pytest.mark.thorough
def test_the_page_of_officers_leads_to_each_of_them_by_name(pages: Pages) -> None:
    text = pages.read("truong", f"/leaders/officers{DAYS}")
    assert text.index("/leaders/officers/1?") < text.index("/leaders/officers/2?")
    assert f"/leaders/comparison{DAYS}".replace("&", "&amp;") in text
    assert "no ranking" in text


@pytest.mark.thorough
@pytest.mark.parametrize(
    "path", ["/leaders/officers", "/leaders/officers/2", "/leaders/officers/1", "/leaders/comparison"]
)
def test_an_officer_opens_no_page_of_leaders_not_even_the_own(pages: Pages, path: str) -> None:
    assert pages.ask("an", path).status_code == 403
    assert pages.ask("truong", path).status_code == 200


@pytest.mark.thorough
def test_what_is_no_person_no_officer_and_no_day_is_refused_in_words(pages: Pages) -> None:
    assert pages.ask("program", "/my/figures").status_code == 403
    assert pages.ask("truong", "/leaders/officers/998").status_code == 404
    for path in ("/leaders/officers/1", "/leaders/comparison", "/leaders/officers"):
        answer = pages.ask("truong", f"{path}?from=2026-13-01", "vi")
        assert answer.status_code == 422
        assert "2026-13-01" in answer.get_data(as_text=True)


@pytest.mark.thorough
def test_days_without_anybody_read_well(pages: Pages) -> None:
    for who, path in (("truong", "/leaders/officers/1"), ("truong", "/leaders/comparison"), ("an", "/my/figures")):
        assert "None" not in pages.read(who, f"{path}?from=2026-10-01&to=2026-10-31").replace("None on these days.", "")


def test_one_press_chooses_a_month_a_quarter_or_a_year() -> None:
    assert [(item["first"], item["last"]) for item in list_quick_periods("2026-11-23")] == [
        ("2026-11-01", "2026-11-23"),
        ("2026-10-01", "2026-10-31"),
        ("2026-10-01", "2026-11-23"),
        ("2026-01-01", "2026-11-23"),
    ]
    assert list_quick_periods("2026-01-31")[1]["first"] == "2025-12-01"
