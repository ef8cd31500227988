"""The pages of the catalogue: files are looked at before they are imported, forms keep what was typed."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from motcua.procedures import store
from motcua.procedures.model import Procedure
from motcua.procedures.rules.columns import COLUMNS
from motcua.screens.procedure_files import WAITING_MAX
from motcua.server import build
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.typed.sheet_columns import write_book, write_rows, write_template
from motcua.web.site import Site
from tests.conftest import Hall
from tests.told import require_told

PATH = "/settings/procedures"
SINCE = "2026-12-01"
ROWS = {"code": "P.01", "name": "Xác nhận tạm trú", "limit_count": "2", "limit_unit": "ngày làm việc"}
DIGEST = re.compile(r'name="digest" value="(\w{64})"')


def make_row(**cells: str) -> list[str]:
    return [cells.get(column.name, "") for column in COLUMNS]


def make_file(*rows: dict[str, str]) -> bytes:
    return write_rows([column.vi for column in COLUMNS], [make_row(**row) for row in rows])


@dataclass
class CataloguePages:
    """A desk with two leaders and an officer, and its pages."""

    hall: Hall
    site: Site
    tokens: dict[str, str]

    def ask(self, path: str, who: str = "lan", lang: str = "en", form: dict[str, Any] | None = None) -> TestResponse:
        headers = {"Accept-Language": lang, "Authorization": f"Bearer {self.tokens[who]}", "Host": "127.0.0.1:8080"}
        client = self.site.app.test_client()
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    def send(self, content: bytes, since: str = SINCE, **more: Any) -> TestResponse:
        return self.ask(f"{PATH}/files", form={"since": since, "file": (io.BytesIO(content), "x.csv")}, **more)

    def confirm(self, page: TestResponse, since: str = SINCE, **more: Any) -> TestResponse:
        digest = DIGEST.search(page.text)
        assert digest is not None, page.text
        return self.ask(f"{PATH}/files/confirmation", form={"digest": digest[1], "since": since}, **more)

    def find(self, code: str, day: str = SINCE) -> Procedure | None:
        with self.hall.desk.read() as db:
            return store.find_procedure(db, code, day)


@pytest.fixture
def pages(hall: Hall) -> CataloguePages:
    tokens = {}
    for name, role in {"lan": Role.LEADER, "minh": Role.LEADER, "hoa": Role.OFFICER}.items():
        account = Account(0, name, f"Lê {name.capitalize()}", "", role, None, "hashed", False)
        hall.desk.do(staff_actions.save_account, account)
        tokens[name] = hall.desk.do(staff_actions.add_token, role.value, None, name, name).secret
    return CataloguePages(hall, build(hall.desk), tokens)


@pytest.mark.thorough
def test_a_file_is_looked_at_first_and_then_imported_once(pages: CataloguePages) -> None:
    page = pages.send(make_file(ROWS, {"code": "1.001193"}, {"code": "1.004873", "fee_amount": "20.000"}))
    assert page.status_code == 200
    assert "This would change: 2 procedures" in page.text
    assert "<del>15,000 VND</del>" in page.text
    assert "<ins>20,000 VND</ins>" in page.text
    assert pages.find("P.01") is None, "nothing is imported yet"

    assert pages.confirm(page, who="minh").status_code == 409, "a file belongs to who looked at it"
    assert pages.confirm(page, since="2026-12-02").status_code == 409
    done = pages.confirm(page)
    assert (done.status_code, done.location) == (303, f"{PATH}?part=changed&done=imported")
    changed = pages.find("1.004873")
    assert changed is not None
    assert [fee.amount for fee in changed.fees] == [20_000]
    listed = pages.ask(done.location).text
    assert "The file was imported." in listed
    assert "from a file · 01/12/2026" not in listed, "it is not in force yet"
    assert "changes on 01/12/2026" in listed
    again = pages.confirm(page)
    assert (again.status_code, "no longer here" in again.text) == (409, True)
    assert "already as the file says" in pages.send(make_file(ROWS)).text
    require_told(pages.hall.folder)


@pytest.mark.thorough
def test_what_changed_between_the_look_and_the_import_is_not_overwritten(pages: CataloguePages) -> None:
    page = pages.send(make_file(ROWS))
    other = pages.send(make_file({**ROWS, "name": "Xác nhận khác"}), who="minh")
    assert pages.confirm(other, who="minh").status_code == 303
    refused = pages.confirm(page)
    assert refused.status_code == 409
    assert "something else holds" in refused.text
    assert getattr(pages.find("P.01"), "name", "") == "Xác nhận khác"


@pytest.mark.thorough
def test_mistakes_are_named_by_row_and_column_and_nothing_is_imported(pages: CataloguePages) -> None:
    page = pages.send(make_file(ROWS, {"code": "a b"}, {"code": "P.02"}), lang="vi")
    assert page.status_code == 422
    assert re.search(r'<td class="cell-number">3</td>\s*<td>Mã thủ tục</td>', page.text)
    late = pages.send(make_file(ROWS, {"code": "P.02"}))
    assert "not in the catalogue" in late.text
    assert pages.find("P.01") is None
    for content, since, sentence in (
        (b"", SINCE, "Choose a file"),
        (make_file(ROWS), "", "Choose the day"),
        (make_file(ROWS).decode("utf-8-sig").encode("utf-16"), SINCE, "UTF-16"),
    ):
        answer = pages.send(content, since)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence


@pytest.mark.thorough
def test_of_many_files_that_were_looked_at_the_oldest_is_forgotten(pages: CataloguePages) -> None:
    first = pages.send(make_file(ROWS))
    for number in range(WAITING_MAX):
        pages.send(make_file({**ROWS, "name": f"Xác nhận {number}"}))
    assert pages.confirm(first).status_code == 409


@pytest.mark.thorough
def test_templates_and_the_catalogue_can_be_downloaded(pages: CataloguePages) -> None:
    template = pages.ask(f"{PATH}/files/template.csv", lang="vi")
    assert template.data == write_template(COLUMNS, "vi", has_examples=True)
    assert pages.send(template.data).status_code == 200
    book = pages.ask(f"{PATH}/files/catalogue.xlsx")
    sheet = load_workbook(io.BytesIO(book.data)).active
    assert sheet is not None
    assert (sheet.max_row, sheet.cell(1, 1).value) == (78, "Procedure code")
    assert "already as the file says" in pages.send(book.data).text
    assert pages.ask(f"{PATH}/files/template.pdf").status_code == 404
    headings = [column.vi for column in COLUMNS]
    assert pages.send(write_book(headings, [make_row(**ROWS)])).status_code == 200


@pytest.mark.thorough
def test_a_form_keeps_what_was_typed_and_names_each_mistake(pages: CataloguePages) -> None:
    form = {
        "since": SINCE, "name": "", "limits-0-unit": "days", "limits-0-count": "nhiều", "fees-0-amount": "1.500",
        "fees-0-tiers": "ba: một", "items-0-name-vi": "Tờ khai", "items-0-form": "papyrus", "items-0-when": "q:yes",
    }  # fmt: skip
    page = pages.ask(f"{PATH}/1.004837", form=form)
    assert page.status_code == 422
    fields = re.findall(r'<li><a\s+href="#([\w-]+)"', page.text)
    assert fields == ["name", "limits-0-count", "fees-0-tiers", "items-0-form"]
    for typed in ("nhiều", "ba: một", "Tờ khai", "1500"):
        assert f'value="{typed}"' in page.text
    assert pages.find("1.004837") == pages.find("1.004837", "2026-11-23")


@pytest.mark.thorough
def test_a_changed_limit_takes_the_stale_sentence_away(pages: CataloguePages) -> None:
    sentence = "3 ngày làm việc (chưa kiểm chứng)"
    form = {
        "since": SINCE, "name": "Đăng ký giám hộ", "field": "Hộ tịch", "level": "1", "time_limit": sentence,
        "limits-0-unit": "working_days", "limits-0-count": "2", "limits-0-is_verified": "1",
        "basis": _read_basis(pages.ask(f"{PATH}/1.004837").text),
    }  # fmt: skip
    assert pages.ask(f"{PATH}/1.004837", form=form).status_code == 303
    changed = pages.find("1.004837")
    assert changed is not None
    assert (changed.time_limit, changed.limits[0].count, changed.checklist) == ("", 2, None)


def _read_basis(page: str) -> str:
    match = re.search(r'name="basis" value="(\w*)"', page)
    assert match is not None
    return match[1]


@pytest.mark.thorough
def test_officers_do_not_get_in_and_unknown_codes_are_not_there(pages: CataloguePages) -> None:
    for path in (PATH, f"{PATH}/1.001193", f"{PATH}/files"):
        assert pages.ask(path, who="hoa").status_code == 403
    assert pages.ask(f"{PATH}/0.0").status_code == 404
    assert pages.ask(f"{PATH}/0.0", form={"since": SINCE}).status_code == 404
    assert pages.ask(f"{PATH}/1.001193?day=morgen").status_code == 422
    assert pages.ask(f"{PATH}/1.001193/withdrawal", form={"since": "x"}).status_code == 422
