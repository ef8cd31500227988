"""The page of files of flows: a look at what would change, the import, and what can be taken along."""

import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.rules.flow_files.columns import COLUMNS
from motcua.dossiers.store import flows
from motcua.settings.model import DossierRules
from motcua.typed.sheet_columns import write_rows, write_template
from tests.told import require_told
from tests.unit.dossiers.taken import DEATH, arrange
from tests.unit.screens.dossier_pages import DossierPages

PATH = "/settings/procedures/flows/files"
DIGEST = re.compile(r'name="digest" value="(\w{64})"')
STEP = {"scope": "thủ tục", "key": DEATH, "since": "2026-11-01", "role": "lãnh đạo"}
ROWS = [
    {**STEP, "step": "1", "name": "Nhận", "share_percent": "40", "account": "minh"},
    {**STEP, "step": "2", "name": "Ký <b>", "share_percent": "60"},
]


def make_file(*rows: dict[str, str]) -> bytes:
    return write_rows(
        [column.vi for column in COLUMNS], [[row.get(column.name, "") for column in COLUMNS] for row in rows]
    )


def send(pages: DossierPages, content: bytes, **more: Any) -> TestResponse:
    return pages.ask(PATH, more.pop("who", "lan"), form={"file": (io.BytesIO(content), "x.csv")}, **more)


def confirm(pages: DossierPages, page: TestResponse, who: str = "lan") -> TestResponse:
    digest = DIGEST.search(page.text)
    assert digest is not None, page.text
    return pages.ask(f"{PATH}/confirmation", who, form={"digest": digest[1]})


def list_targets(pages: DossierPages) -> list[tuple[str, str]]:
    with pages.taken.desk.read() as db:
        return [(str(one.target), one.since) for one in flows.list_flow_versions(db)]


@pytest.mark.thorough
def test_a_file_is_looked_at_first_then_imported_once_and_dossiers_follow_it(pages: DossierPages) -> None:
    page = send(pages, make_file(*ROWS))
    assert page.status_code == 200
    assert "Flows that would change: 1" in page.text
    assert "Nhận · 40 % · Lê Minh" in page.text
    assert "Ký &lt;b&gt; · 60 % · Leader" in page.text
    assert "from 01/11/2026 on" in page.text
    assert list_targets(pages) == [], "nothing is imported yet"
    done = confirm(pages, page)
    assert (done.status_code, done.location) == (303, "/settings/procedures/flows?done=imported")
    assert "The file was imported." in pages.ask(done.location, "lan").text
    assert list_targets(pages) == [(f"procedure:{DEATH}", "2026-11-01")]
    assert "Ký &lt;b&gt;" in pages.ask(f"/dossiers/{pages.lodge().code}").text
    again = confirm(pages, page)
    assert (again.status_code, "no longer here" in again.text) == (409, True)
    same = send(pages, make_file(*ROWS))
    assert (same.status_code, "already as the file says" in same.text) == (409, True)
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_mistakes_are_named_by_row_and_column_and_nothing_is_imported(pages: DossierPages) -> None:
    page = send(pages, make_file(ROWS[0], {**ROWS[1], "role": "vua"}), lang="vi")
    assert page.status_code == 422
    assert re.search(r'<td class="cell-number">3</td>\s*<td>Người thực hiện</td>', page.text)
    assert "Hãy ghi một cửa, chuyên môn, lãnh đạo hoặc văn thư." in page.text
    late = send(pages, make_file({**ROWS[0], "account": "ai-do"}, ROWS[1]))
    assert "Nobody signs in as ai-do here." in late.text
    step = {"name": "Nhận", "share_percent": 90, "role": "leader"}
    twice = {"scope": "usual", "since": "2026-11-01", "steps": [step]}
    content = {"format": "motcua-flows", "version": 1, "flows": [twice, twice]}
    placed = send(pages, json.dumps(content).encode()).text
    assert "flows[1].steps[0]</td>" in placed
    assert "Row flows[0].steps[0] has the same step of the same flow." in placed
    assert (send(pages, b"").status_code, send(pages, b"PK").status_code) == (422, 422)
    assert "choose it again" in pages.ask(f"{PATH}/confirmation", "lan", form={"digest": "x"}).text.lower()
    assert list_targets(pages) == []


@pytest.mark.thorough
def test_what_changed_between_the_look_and_the_import_is_not_overwritten(pages: DossierPages) -> None:
    page = send(pages, make_file(*ROWS))
    steps = [{"name": ("Khác", ""), "share_percent": 100, "role": "leader", "account": None}]
    pages.taken.desk.do(actions.set_flow, FlowRequest("procedure", DEATH, "2026-10-01", steps))
    refused = confirm(pages, page)
    assert (refused.status_code, "Something changed since you looked" in refused.text) == (409, True)
    assert list_targets(pages) == [(f"procedure:{DEATH}", "2026-10-01")]


@pytest.mark.thorough
def test_all_flows_can_be_taken_along_in_three_forms_and_come_in_again(pages: DossierPages) -> None:
    assert confirm(pages, send(pages, make_file(*ROWS))).status_code == 303
    for kind in ("csv", "xlsx", "json"):
        answer = pages.ask(f"{PATH}/flows.{kind}", "lan")
        assert f"quy-trinh.{kind}" in answer.headers["Content-Disposition"]
        assert "already as the file says" in send(pages, answer.data).text, kind
    (flow,) = json.loads(pages.ask(f"{PATH}/flows.json", "lan").data)["flows"]
    assert (flow["scope"], flow["key"], flow["since"]) == ("procedure", DEATH, "2026-11-01")
    assert [step["account"] for step in flow["steps"]] == ["minh", None]
    sheet = load_workbook(io.BytesIO(pages.ask(f"{PATH}/flows.xlsx", "lan").data)).active
    assert sheet is not None
    assert (sheet.max_row, sheet.cell(1, 1).value) == (3, "Holds for")
    template = pages.ask(f"{PATH}/template.csv", "lan", "vi")
    assert template.data == write_template(COLUMNS, "vi", has_examples=True)
    assert send(pages, template.data).status_code == 200
    for name in ("template.json", "flows.pdf", "others.csv"):
        assert pages.ask(f"{PATH}/{name}", "lan").status_code == 404


@pytest.mark.thorough
def test_officers_do_not_get_in_and_without_dossiers_there_is_no_such_page(pages: DossierPages) -> None:
    for path in (PATH, f"{PATH}/flows.json"):
        assert pages.ask(path, "hoa").status_code == 403
    page = send(pages, make_file(*ROWS))
    pages.taken.desk.do(arrange, DossierRules())
    assert pages.ask(PATH, "lan").status_code == 404
    assert confirm(pages, page).status_code == 404
