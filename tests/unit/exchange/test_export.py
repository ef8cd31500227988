"""Taking dossiers along: three kinds of files, masks, no formulas, and the journal says who took what."""

import csv
import io
import json
from typing import Any

import jsonschema_rs
import pytest
from openpyxl import load_workbook

from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.model.applicant import Applicant
from motcua.exchange.events import DossiersExported
from motcua.exchange.rules.columns import EXPORT_COLUMNS
from tests.unit.dossiers.taken import AN, DEATH
from tests.unit.exchange.exchange_pages import ExchangePages

DAYS = {"from": "2026-11-01", "to": "2026-11-30"}
FORMULA = Applicant("=Trần Văn Hai", address='=HYPERLINK("http://x","y")')


def take(pages: ExchangePages, form: str, who: str = "lan", **more: str) -> Any:
    answer = pages.ask("/dossiers/export", who, form={**DAYS, "form": form, **more})
    assert answer.status_code == 200, answer.text
    return answer


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.thorough
def test_a_json_file_follows_its_schema_and_has_what_the_board_knows(pages: ExchangePages) -> None:
    dossier = pages.lodge()
    document = json.loads(take(pages, "json").data)
    jsonschema_rs.validate(json.loads(pages.ask("/dossiers/export/schema.json").data), document)
    assert (document["format"], document["version"], document["is_masked"]) == ("motcua-dossiers", 1, True)
    item = document["dossiers"][0]
    assert list(item) == [column.name for column in EXPORT_COLUMNS]
    assert (item["code"], item["procedure"], item["state"], item["due_on"]) == (
        dossier.code, DEATH, "received", dossier.due_on,
    )  # fmt: skip
    assert (item["applicant_name"], item["applicant_number"], item["applicant_address"]) == (
        "N*** An", "001******345", None,
    )  # fmt: skip
    event = pages.taken.events[-1]
    assert event == DossiersExported("2026-11-01", "2026-11-30", [], "", "json", False, 1)


@pytest.mark.thorough
def test_tables_speak_the_language_of_the_reader(pages: ExchangePages) -> None:
    dossier = pages.lodge()
    assert read_csv(take(pages, "csv").data)[0]["State"] == "Taken in"
    vietnamese = pages.ask("/dossiers/export", lang="vi", form={**DAYS, "form": "csv"}).data
    row = read_csv(vietnamese)[0]
    assert (row["Mã hồ sơ"], row["Trạng thái"], row["Hình thức nộp"]) == (dossier.code, "Đã tiếp nhận", "trực tiếp")


@pytest.mark.thorough
def test_a_step_is_named_by_the_flow_of_its_dossier_also_where_codes_are_the_same(pages: ExchangePages) -> None:
    for name in (("Ghi sổ", "Enter"), ("Xác minh", "")):
        shares = ((("Nhận", ""), 30), (name, 60), (("Trả", ""), 10))
        steps = [{"name": one, "share_percent": share, "role": "leader", "account": None} for one, share in shares]
        pages.taken.desk.do(actions.set_flow, FlowRequest("procedure", DEATH, "2026-01-01", steps))
        pages.taken.desk.do(actions.hand_over, pages.lodge().code, 1, None)
    document = json.loads(take(pages, "json").data)
    assert [(item["step"], item["step_name"]) for item in document["dossiers"]] == [
        ("step-1", {"vi": "Ghi sổ", "en": "Enter"}), ("step-1", {"vi": "Xác minh", "en": "Xác minh"}),
    ]  # fmt: skip
    rows = read_csv(take(pages, "csv").data)
    assert [row["Step"] for row in rows] == ["Enter", "Xác minh"]
    assert "Name of the step" not in rows[0]


@pytest.mark.thorough
def test_nothing_in_a_table_is_a_formula(pages: ExchangePages) -> None:
    pages.lodge(applicant=FORMULA)
    row = read_csv(take(pages, "csv", whole="1").data)[0]
    assert row["Applicant"] == "'=Trần Văn Hai"
    assert row["Address"].startswith("'=HYPERLINK")
    sheet = load_workbook(io.BytesIO(take(pages, "xlsx", whole="1").data)).active
    assert sheet is not None
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value is not None} == {"s"}


@pytest.mark.thorough
def test_only_who_leads_takes_applicants_along_and_the_journal_says_so(pages: ExchangePages) -> None:
    pages.lodge()
    form = {**DAYS, "form": "json", "whole": "1"}
    assert pages.ask("/dossiers/export", "hoa", form=form).status_code == 403
    assert 'name="whole"' not in pages.ask("/dossiers/export", "hoa").text
    item = json.loads(pages.ask("/dossiers/export", form=form).data)["dossiers"][0]
    assert (item["applicant_name"], item["applicant_number"]) == (AN.name, AN.number)
    event = pages.taken.events[-1]
    assert isinstance(event, DossiersExported)
    assert event.is_whole
    assert json.loads(take(pages, "json", "hoa").data)["dossiers"][0]["applicant_name"] == "N*** An"


@pytest.mark.thorough
def test_days_state_and_field_choose(pages: ExchangePages) -> None:
    pages.lodge()

    def count(**more: str) -> int:
        return len(json.loads(take(pages, "json", **more).data)["dossiers"])

    assert (count(), count(state="received"), count(state="ready")) == (1, 1, 0)
    assert (count(field="Hộ tịch"), count(field="Chứng thực")) == (1, 0)
    assert count(**{"from": "2026-11-01", "to": "2026-11-02"}) == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"from": "x"}, "Choose the first and the last day"),
        ({"to": "2026-10-01"}, "Choose the first and the last day"),
        ({"state": "x"}, "Choose a state of the list."),
        ({"field": "x"}, "Choose a field of the list."),
        ({"form": "pdf"}, "Choose CSV, XLSX or JSON."),
    ],
)
def test_what_is_wrong_is_said(shared_pages: ExchangePages, wrong: dict[str, str], words: str) -> None:
    answer = shared_pages.ask("/dossiers/export", form={**DAYS, "form": "csv", **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert not [event for event in shared_pages.taken.events if isinstance(event, DossiersExported)]


@pytest.mark.thorough
def test_too_many_for_one_file_are_refused(pages: ExchangePages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.exchange.actions.exporting.EXPORT_ROWS_MAX", 1)
    pages.lodge()
    pages.taken.lodge()
    answer = pages.ask("/dossiers/export", form={**DAYS, "form": "csv"})
    assert answer.status_code == 422
    assert "more than 1 dossiers" in answer.text
