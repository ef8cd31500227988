"""The page of official indices: importing a file, its mistakes by row, what stands behind a figure, removing it."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from motcua.dossiers import store
from motcua.dossiers.rules.columns import COLUMNS
from motcua.server import build
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.typed.sheet_columns import write_template
from motcua.web.site import Site
from tests.conftest import Hall
from tests.told import require_told

OCTOBER = {"from": "2026-10-01", "to": "2026-10-31"}
HEAD = "Mã hồ sơ;Tên đăng nhập cán bộ;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả;Số lần liên hệ\n"
ROWS = "X-1;hoa;05/10/2026;08/10/2026;07/10/2026;0\nX-2;;05/10/2026;08/10/2026;09/10/2026;2\n"
QUERY = "from=2026-10-01&to=2026-10-31"


@dataclass
class IndexPages:
    """A desk with a leader and an officer, its pages, and who asks."""

    hall: Hall
    site: Site
    tokens: dict[str, str]

    def ask(self, path: str, who: str = "lan", lang: str = "en", form: dict[str, Any] | None = None) -> TestResponse:
        headers = {"Accept-Language": lang, "Authorization": f"Bearer {self.tokens[who]}", "Host": "127.0.0.1:8080"}
        client = self.site.app.test_client()
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    def send(self, content: str | bytes, days: dict[str, str] | None = None, **more: Any) -> TestResponse:
        data = content if isinstance(content, bytes) else content.encode()
        form = {**(OCTOBER if days is None else days), "file": (io.BytesIO(data), "ho-so.csv")}
        return self.ask("/leaders/indices/files", form=form, **more)

    def list_codes(self) -> list[str]:
        with self.hall.desk.read() as db:
            return [one.code for item in store.list_imports(db) for one in store.list_dossiers(db, item.id)]


def open_pages(hall: Hall) -> IndexPages:
    tokens = {}
    for name, role in {"lan": Role.LEADER, "hoa": Role.OFFICER}.items():
        account = Account(0, name, f"Lê {name.capitalize()}", "", role, None, "hashed", False)
        hall.desk.do(staff_actions.save_account, account)
        tokens[name] = hall.desk.do(staff_actions.add_token, role.value, None, name, name).secret
    return IndexPages(hall, build(hall.desk), tokens)


@pytest.fixture
def pages(hall: Hall) -> IndexPages:
    return open_pages(hall)


@pytest.fixture(scope="module")
def shared_pages(shared_hall: Hall) -> IndexPages:
    """Lend pages on which nothing is ever imported."""
    return open_pages(shared_hall)


@pytest.mark.thorough
def test_a_file_is_imported_shown_in_the_report_and_replaced_by_the_same_days(pages: IndexPages) -> None:
    answer = pages.send(HEAD + ROWS)
    assert (answer.status_code, answer.location) == (303, f"/leaders/indices?{QUERY}&done=imported")
    page = pages.ask(answer.location).text
    assert "The file was imported." in page
    assert "50.00" in page
    assert "01/10/2026" in page
    assert pages.send(HEAD + ROWS.replace("X-2", "X-3")).status_code == 303
    assert pages.list_codes() == ["X-1", "X-3"]
    require_told(pages.hall.folder)


@pytest.mark.thorough
def test_the_report_has_the_same_figures_as_json(pages: IndexPages) -> None:
    pages.send(HEAD + ROWS)
    tables = {
        table["id"]: table["rows"] for table in pages.ask(f"/api/v1/reports/indices?{QUERY}").get_json()["tables"]
    }
    assert tables["satisfaction_766"][0] == {
        "figure": "Satisfaction",
        "numerator": 1,
        "n": 2,
        "percent_hundredths": 5000,
        "low_tenths": 95,
        "high_tenths": 905,
    }
    assert [(row["points_tenths"], row["missing"]) for row in tables["indices"][:5]] == [
        (10, None),
        (None, "No imported dossier has data for it"),
        (10, None),
        (None, "No imported dossier has data for it"),
        (None, "The unit has declared nothing for these days (settings, Official indices)"),
    ]
    assert [row["points_tenths"] for row in tables["total"]] == [40, 60, 120, 180]
    assert tables["officers"] == [
        {
            "officer": "Lê Hoa",
            "n": 1,
            **dict.fromkeys((f"index_{index}_tenths" for index in (1, 2, 3, 4, 7)), None),
            "total_tenths": None,
            "possible_tenths": None,
            "band": "Not enough data: officers do not measurably differ",
        }
    ]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("lang", "words"), [("en", "The due day comes before"), ("vi", "Ngày hẹn trả trước ngày tiếp nhận")]
)
def test_mistakes_are_listed_by_row_and_column_and_nothing_is_imported(
    shared_pages: IndexPages, lang: str, words: str
) -> None:
    answer = shared_pages.send(HEAD + ROWS + "X-4;hoa;05/10/2026;04/10/2026;06/10/2026;0\n", lang=lang)
    assert answer.status_code == 422
    assert words in answer.text
    assert '<td class="cell-number">4</td>' in answer.text
    assert 'value="2026-10-01"' in answer.text
    assert shared_pages.list_codes() == []


def test_an_officer_who_has_no_account_is_a_mistake_of_its_row(shared_pages: IndexPages) -> None:
    answer = shared_pages.send(HEAD + ROWS.replace("hoa", "minh"))
    assert (answer.status_code, shared_pages.list_codes()) == (422, [])
    assert "There is no account with this sign-in name." in answer.text


@pytest.mark.parametrize(
    ("content", "days", "words"),
    [
        ("", None, "Choose a file"),
        (HEAD, None, "no dossiers"),
        (b"\xff\xfe\x00", None, "UTF-8"),
        (HEAD + ROWS, {"from": "", "to": "2026-10-31"}, "first and the last day"),
        (HEAD + ROWS, {"from": "2026-10-31", "to": "2026-10-01"}, "before the first"),
        (HEAD + ROWS, {"from": "x", "to": "2026-10-01"}, "is not a valid date"),
        (HEAD + ROWS, {"from": "2026-11-01", "to": "2026-12-01"}, "still to come"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(
    shared_pages: IndexPages, content: str | bytes, days: dict[str, str] | None, words: str
) -> None:
    answer = shared_pages.send(content, days)
    assert answer.status_code == 422
    assert words in answer.text
    assert shared_pages.list_codes() == []


@pytest.mark.thorough
def test_each_figure_opens_to_its_codes(pages: IndexPages) -> None:
    pages.send(HEAD + ROWS)
    page = pages.ask(f"/leaders/indices/behind?figure=satisfaction_766&{QUERY}").text
    assert [word in page for word in ("In the numerator", "X-1", "Only late", "X-2")] == [True] * 4
    with pages.hall.desk.read() as db:
        hoa = next(item.officer for item in store.list_settled(db, *OCTOBER.values()) if item.officer)
    page = pages.ask(f"/leaders/indices/behind?figure=officer&officer={hoa}&{QUERY}").text
    assert ("X-1" in page, "X-2" in page) == (True, False)
    assert "Total 4.0 of 4.0 possible points (all five indices: 10.0): Fulfils 100% of the tasks." in page


@pytest.mark.parametrize(
    "query", ["figure=moon", "figure=officer", "figure=officer&officer=99", "figure=index_1&officer=-1"]
)
def test_what_has_nothing_behind_it_is_not_there(shared_pages: IndexPages, query: str) -> None:
    assert shared_pages.ask(f"/leaders/indices/behind?{query}&{QUERY}").status_code == 404


@pytest.mark.thorough
def test_a_file_is_removed_and_then_is_not_there(pages: IndexPages) -> None:
    pages.send(HEAD + ROWS)
    with pages.hall.desk.read() as db:
        (item,) = store.list_imports(db)
    path = f"/leaders/indices/files/{item.id}/removal"
    assert pages.ask(path, form={}).status_code == 303
    assert pages.ask(path, form={}).status_code == 404
    assert pages.list_codes() == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_template_is_a_file_for_spreadsheets(shared_pages: IndexPages, lang: str) -> None:
    answer = shared_pages.ask("/leaders/indices/template.csv", lang=lang)
    assert answer.data == write_template(COLUMNS, lang, has_examples=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ho-so.csv"'


@pytest.mark.parametrize(
    "path", ["/leaders/indices", "/leaders/indices/behind", "/leaders/indices/template.csv", "/api/v1/reports/indices"]
)
def test_officers_reach_none_of_it(shared_pages: IndexPages, path: str) -> None:
    assert shared_pages.ask(path, "hoa").status_code == 403
    assert shared_pages.send(HEAD + ROWS, who="hoa").status_code == 403
    assert shared_pages.list_codes() == []
