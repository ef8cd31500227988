"""From a sample file to a mapping, a look, an import and the board; what differs waits for a person."""

import re
from html import unescape
from typing import Any

import pytest

from motcua.copies import replace
from motcua.dossiers import actions as dossier_actions
from motcua.exchange.actions.mappings import save_mapping
from motcua.exchange.events import DifferenceSettled, MappingSaved, ProvincialDossiersImported
from tests.unit.exchange.exchange_pages import ExchangePages
from tests.unit.exchange.files import HEADINGS, MAPPING, write_csv

AT = "/dossiers/exchange"
ONE = "H29.17-261102-0001;Nguyễn Văn An;Đang xử lý;02/11/2026;20/11/2026;03/11/2026 08:30"
TWO = "H29.17-261102-0002;Trần Bình;Đã xử lý xong;02/11/2026;27/11/2026;"


def map_names(pages: ExchangePages) -> int:
    return pages.taken.desk.do(save_mapping, MAPPING, None).id


@pytest.fixture(scope="module")
def shared_mapping(shared_pages: ExchangePages) -> int:
    return map_names(shared_pages)


def look(pages: ExchangePages, rows: list[str], number: int) -> dict[str, Any]:
    """Return what the look says: the key for the confirmation, and how many of each outcome."""
    page = pages.send(f"{AT}/look", write_csv(rows), mapping=str(number)).text
    key = re.search(r'name="key" value="([^"]+)"', page)
    counts = {code: int(count) for code, count in re.findall(r'data-outcome="(\w+)">(\d+)<', page)}
    return {"key": unescape(key[1]) if key else "", "counts": counts, "page": page}


def take_in(pages: ExchangePages, rows: list[str], number: int) -> dict[str, Any]:
    looked = look(pages, rows, number)
    assert pages.ask(f"{AT}/confirmation", form={"key": looked["key"]}).status_code == 303
    return looked


def list_board(pages: ExchangePages, box: str, who: str = "lan") -> list[str]:
    return re.findall(r'data-record="([^"]+)"', pages.ask(f"/dossiers?box={box}", who).text)


@pytest.mark.thorough
def test_a_sample_fills_in_the_form_of_a_mapping_which_is_saved_with_name_and_date(pages: ExchangePages) -> None:
    page = pages.send(f"{AT}/sample", write_csv([ONE, TWO.replace("Đã xử lý xong", "Lạ")])).text
    sample = re.search(r'name="sample" value="(\w+)"', page)
    assert sample is not None
    words = [unescape(word) for word in re.findall(r'value="([^"]+)"[^>]*name="word-\d+"', page)]
    assert words == ["Lạ", "Đang xử lý"]
    sent = {
        "id": "0", "name": "Xuất hằng tuần", "system": "Hệ thống tỉnh", "sample": sample[1], "date_order": "dmy",
        "column-code": "Mã hồ sơ", "column-state": "Trạng thái", "column-received_on": "Ngày tiếp nhận",
        "word-0": words[0], "state-0": "stopped", "word-1": words[1], "state-1": "processing",
    }  # fmt: skip
    lacking = {name: value for name, value in sent.items() if not name.endswith("-0")}
    asked = pages.ask(f"{AT}/mappings", form=lacking).text
    assert "Now say what these states mean: Lạ." in asked
    assert pages.ask(f"{AT}/mappings", form=sent).status_code == 303
    assert isinstance(pages.taken.events[-1], MappingSaved)
    assert "Xuất hằng tuần" in pages.ask(AT).text
    again = pages.ask(f"{AT}/mappings", form=sent)
    assert again.status_code == 409
    assert "There is a mapping with this name already." in again.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "A mapping needs a name"),
        ({"system": " "}, "Name the system"),
        ({"column-code": ""}, "Say which column is “Mã hồ sơ”."),
        ({"column-due_on": "Mã hồ sơ"}, "was chosen for two things"),
        ({"state-0": "x"}, "Say for at least one state"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said_and_what_was_typed_stays(
    shared_pages: ExchangePages, wrong: dict[str, str], words: str
) -> None:
    form = {
        "name": "Tuần", "system": "Tỉnh", "column-code": "Mã hồ sơ", "column-state": "Trạng thái",
        "column-received_on": "Ngày", "word-0": "Đang xử lý", "state-0": "processing",
    }  # fmt: skip
    answer = shared_pages.ask(f"{AT}/mappings", form={**form, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Đang xử lý" in answer.text


@pytest.mark.thorough
def test_a_file_is_looked_at_then_imported_and_stands_on_the_board_with_its_source(pages: ExchangePages) -> None:
    number = map_names(pages)
    looked = look(pages, [ONE, TWO], number)
    assert looked["counts"] == {"added": 2, "changed": 0, "same": 0, "older": 0, "own": 0}
    assert list_board(pages, "late") == []
    assert pages.ask(f"{AT}/confirmation", form={"key": looked["key"]}).status_code == 303
    assert list_board(pages, "late") == ["H29.17-261102-0001"]
    assert list_board(pages, "ready", "hoa") == ["H29.17-261102-0002"]
    assert "Hệ thống tỉnh" in pages.ask("/dossiers?box=late").text
    event = pages.taken.events[-1]
    assert isinstance(event, ProvincialDossiersImported)
    assert (event.rows, event.added, event.way) == (2, 2, "file")
    assert "Nguyễn Văn An" not in str(pages.taken.events)


@pytest.mark.thorough
def test_the_same_file_again_changes_nothing_and_an_older_one_never_wins(pages: ExchangePages) -> None:
    number = map_names(pages)
    take_in(pages, [ONE, TWO], number)
    assert take_in(pages, [ONE, TWO], number)["counts"]["same"] == 2
    older = ONE.replace("Đang xử lý", "Mới đăng ký").replace("03/11", "02/11")
    unclear = TWO.replace("Đã xử lý xong", "Đang xử lý")
    assert take_in(pages, [older, unclear], number)["counts"]["older"] == 2
    assert list_board(pages, "late") == ["H29.17-261102-0001"]
    assert list_board(pages, "ready") == ["H29.17-261102-0002"]
    page = pages.ask(AT).text
    assert re.findall(r'data-difference="([^"]+)"', page) == ["H29.17-261102-0002"]
    assert pages.ask(f"{AT}/differences", form={"code": "H29.17-261102-0002", "kind": "older"}).status_code == 303
    assert isinstance(pages.taken.events[-1], DifferenceSettled)
    assert "data-difference" not in pages.ask(AT).text
    take_in(pages, [unclear], number)
    assert "data-difference" not in pages.ask(AT).text, "what somebody has seen does not come back"
    assert pages.ask(f"{AT}/differences", form={"code": "H29.17-261102-0002", "kind": "older"}).status_code == 404


@pytest.mark.thorough
def test_a_dossier_of_this_desk_is_never_changed_by_a_file(pages: ExchangePages) -> None:
    number = map_names(pages)
    dossier = pages.lodge()
    pages.taken.desk.do(dossier_actions.number, dossier.code, "H29.17-261102-0001")
    before = pages.taken.now(dossier)
    assert take_in(pages, [ONE], number)["counts"]["own"] == 1
    assert pages.taken.now(dossier) == before
    page = pages.ask(AT).text
    assert "This desk took it in and has another state" in page
    assert "This desk took it in and promised another day" in page
    assert list_board(pages, "late") == []


@pytest.mark.thorough
def test_a_mistake_in_one_row_imports_nothing(shared_pages: ExchangePages, shared_mapping: int) -> None:
    answer = shared_pages.send(f"{AT}/look", write_csv([ONE, "x;A;Đang bay;32/11/2026;;"]), mapping=str(shared_mapping))
    assert answer.status_code == 422
    assert "The mapping does not say what the state “Đang bay” means." in answer.text
    assert 'name="key"' not in answer.text


@pytest.mark.thorough
def test_two_looks_at_once_do_not_mix(pages: ExchangePages) -> None:
    number = map_names(pages)
    first, second = look(pages, [ONE], number), look(pages, [TWO], number)
    assert pages.ask(f"{AT}/confirmation", form={"key": first["key"]}).status_code == 303
    late = pages.ask(f"{AT}/confirmation", form={"key": second["key"]})
    assert late.status_code == 409
    assert "Look at the file once more." in late.text
    assert pages.ask(f"{AT}/confirmation", form={"key": "x"}).status_code == 409


@pytest.mark.parametrize(
    ("content", "mapping", "words"),
    [
        (b"", "", "Choose a mapping."),
        (b"x", "999", "There is no such mapping."),
        (HEADINGS.encode("utf-16"), "1", "This file is in UTF-16"),
        (b"M\xb7 h\xe5 s\xac;Tr\xb9ng th\xb8i", "1", "This file is in TCVN3"),
        (b"", "1", "Choose a file first."),
    ],
)
@pytest.mark.usefixtures("shared_mapping")
def test_what_cannot_be_read_is_said(shared_pages: ExchangePages, content: bytes, mapping: str, words: str) -> None:
    answer = shared_pages.send(f"{AT}/look", content, mapping=mapping)
    assert answer.status_code in {404, 422}
    assert words in answer.text


def test_only_who_leads_exchanges(shared_pages: ExchangePages) -> None:
    assert shared_pages.ask(AT, "hoa").status_code == 403
    assert AT not in shared_pages.ask("/dossiers", "hoa").text
    assert AT in shared_pages.ask("/dossiers", "tuan").text


@pytest.mark.thorough
def test_a_removed_mapping_leaves_what_came_by_it(pages: ExchangePages) -> None:
    number = map_names(pages)
    take_in(pages, [ONE], number)
    other = pages.taken.desk.do(save_mapping, replace(MAPPING, name="Khác"), None).id
    assert pages.ask(f"{AT}/mappings/{number}").status_code == 200
    assert pages.ask(f"{AT}/mappings/{number}/removal", form={}).status_code == 303
    assert pages.ask(f"{AT}/mappings/{number}").status_code == 404
    assert pages.ask(f"{AT}/mappings/{number}/removal", form={}).status_code == 404
    assert pages.ask(f"{AT}/mappings/{other}").status_code == 200
    assert list_board(pages, "late") == ["H29.17-261102-0001"]
