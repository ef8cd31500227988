"""Figures for leaders over real HTTP: a day as the journal tells it, promised waits by week, and a forecast that
says what it lacks.
"""

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.server.hall import Answer, Client, Json, Served, served
from tests.server.programs import command
from tests.server.test_sessions import session, sign_in

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def hall() -> Iterator[Served]:
    """Lend a desk where two were served, one was called out of order, one gave up, one waits."""
    with served() as made:
        place = made.place()
        tickets = [place.issue() for _person in range(5)]
        assert place.do("call", {"ticket": tickets[4]["id"], "reason": "bác đang mệt"}).status == 200
        assert place.do("start").status == 200
        assert place.do("finish").status == 200
        assert place.do("call-next").status == 200
        assert place.do("start").status == 200
        assert place.do("finish").status == 200
        assert place.do("call-next").status == 200
        assert made.client("admin").post(f"tickets/{tickets[2]['id']}/cancel").status == 200
        yield made


@pytest.fixture
def leader(hall: Served) -> Client:
    return hall.client("leader")


def report(leader: Client) -> Json:
    answer = leader.get("reports/day")
    assert answer.status == 200
    return answer.json


def test_the_day_so_far_counts_every_number_once(leader: Client) -> None:
    found = report(leader)
    assert found["totals"] == {"issued": 5, "served": 2, "cancelled": 1, "absent": 0, "here": 2}
    assert [{key: group[key] for key in found["totals"]} for group in found["groups"]] == [found["totals"]]
    assert (found["ended"], found["before"], found["after"]) == (False, None, None)
    assert (found["counters"][0]["number"], found["counters"][0]["served"]) == (1, 2)


def test_a_call_out_of_order_is_named_without_the_officers_own_words(leader: Client) -> None:
    calls = report(leader)["out_of_order"]
    assert (calls["count"], len(calls["items"])) == (1, 1)
    assert (calls["items"][0]["reason"], calls["items"][0]["reason_label"]["vi"]) == ("other", "Lý do khác")
    assert "mệt" not in str(calls)


def test_the_days_waits_are_those_of_its_replay(hall: Served, leader: Client) -> None:
    found = report(leader)
    again = leader.post("replays", {"from": found["day"]}).json["happened"]
    waits = found["figures"].pop("waits")
    assert {key: waits[key] for key in again["waits"]} == again.pop("waits")
    assert {key: value["n"] for key, value in waits.items()} == {"all": 3, "1": 0, "2": 0, "3": 0, "4": 3}
    timed = (
        "utilisation",
        "mean_utilisation",
    )  # the third is still at the counter: time goes on between the two questions
    assert [found["figures"].pop(key) is not None for key in timed] == [again.pop(key) is not None for key in timed]
    assert found["figures"] == again


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2020-01-01", "day.none"),
        ("2999-12-31", "day.none"),
        ("1/1/2020", "day.form"),
        ("2026-02-30", "day.form"),
        ("20261123", "day.form"),
        ("x" * 41, "values.invalid"),
    ],
)
def test_a_day_that_is_none_is_refused_by_name(leader: Client, day: str, code: str) -> None:
    assert leader.get(f"reports/day?day={day}").code == (422, code)
    assert leader.get(f"/leaders/day?day={day}", Accept="text/html").status == 422


def test_the_last_eight_weeks_are_there_and_nothing_was_promised(leader: Client) -> None:
    weeks = leader.get("reports/waits").json["items"]
    assert (len(weeks), {str(week["rate"]) for week in weeks}) == (8, {"None"})
    assert weeks == sorted(weeks, key=lambda week: str(week["from"]))


def test_without_past_days_a_forecast_says_so(leader: Client) -> None:
    found = leader.get("forecast?target_min=7").json
    assert (found["enough"], found["target_min"], found["weekdays"], found["n_days"]) == (False, 7, [], 0)
    assert leader.get("forecast").json["target_min"] == 15


@pytest.mark.parametrize("target", ["0", "121", "x", "-5", ""])
def test_a_target_that_is_none_is_refused(leader: Client, target: str) -> None:
    assert leader.get(f"forecast?target_min={target}").code == (422, "values.invalid")


def printed(answer: Answer) -> str:
    """Return the text of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body)).pages).split())


def test_the_report_comes_as_csv_for_spreadsheets_in_the_readers_language(leader: Client) -> None:
    today = report(leader)["day"]
    answer = leader.get("reports/day.csv")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="day-{today}.csv"'
    assert answer.body.startswith("\ufeffBáo cáo".encode())
    table = leader.get(f"reports/day.csv?table=groups&lang=en&from={today}&to={today}")
    rows = list(csv.reader(StringIO(table.body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["Letter", "Group", "Given", "Served", "Cancelled", "Absent", "Still here"]
    assert rows[-1] == ["", "Total", "5", "2", "1", "0", "2"]
    assert leader.get("reports/day.csv?table=moon").code == (422, "report.table")


def test_the_report_comes_as_a_workbook_with_the_figures_of_its_json(leader: Client) -> None:
    today = report(leader)
    answer = leader.get("reports/day.xlsx")
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    assert answer.headers["content-disposition"] == f'attachment; filename="day-{today["day"]}.xlsx"'
    book = load_workbook(BytesIO(answer.body))
    assert book.sheetnames[0] == "Số theo lĩnh vực"
    assert [cell.value for cell in list(book.worksheets[0])[-1]][2:] == list(today["totals"].values())
    assert load_workbook(BytesIO(leader.get("reports/day.xlsx?lang=en").body)).sheetnames[-1] == "Notes"


def test_the_report_comes_as_pdf_with_the_hall_the_day_and_how_it_is_computed(leader: Client) -> None:
    answer = leader.get("reports/day.pdf")
    year, month, day = report(leader)["day"].split("-")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="day-{year}-{month}-{day}.pdf"'
    text = printed(answer)
    for part in (
        f"{day}/{month}/{year}",
        "Lập lúc",
        "Trang 1/",
        "Cách tính các số liệu",
        "Lý do khác",
        "Ngày làm việc chưa kết thúc",
    ):
        assert part in text, part
    assert "mệt" not in text
    assert "How these figures are computed" in printed(leader.get("reports/day.pdf?lang=en"))


def test_the_desk_over_time_comes_in_each_form_with_the_same_figures(leader: Client) -> None:
    day = report(leader)["day"]
    answer = leader.get(f"reports/desk?from={day[:8]}01&to={day}")
    assert answer.status == 200
    tables = {table["id"]: table["rows"] for table in answer.json["tables"]}
    assert [tables["timeline"][0][name] for name in ("issued", "served", "cancelled", "absent")] == [5, 2, 1, 0]
    assert tables["timeline"][-1]["n"] == tables["classes"][-1]["n"] == 3
    book = load_workbook(BytesIO(leader.get(f"reports/desk.xlsx?from={day}&to={day}").body))
    assert [cell.value for cell in list(book.worksheets[0])[-1]][2:6] == [5, 2, 1, 0]
    assert "Diễn biến theo thời gian" in printed(leader.get(f"reports/desk.pdf?from={day}&to={day}"))
    assert "Satisfied (4" in leader.get(f"reports/desk.csv?from={day}&to={day}&lang=en").body.decode()
    assert leader.get(f"reports/desk?from=2024-01-01&to={day}").code == (422, "report.long")
    assert leader.get(f"/leaders/report?from={day}&to=2020-01-01", Accept="text/html").status == 422


@pytest.mark.parametrize("kind", ["", ".csv", ".xlsx", ".pdf"])
def test_only_leaders_and_admins_get_the_report_by_token_or_by_cookie(hall: Served, kind: str) -> None:
    for role, status in {"leader": 200, "admin": 200, "officer": 403, "kiosk": 403, "wall": 403, "agent": 403}.items():
        assert hall.client(role).get(f"reports/day{kind}").status == status, role
    assert hall.client(Cookie=session(sign_in(hall))).get(f"reports/day{kind}").status == 200
    assert hall.client().get(f"reports/day{kind}").code == (401, "auth.required")


@pytest.mark.parametrize("kind", ["", ".csv", ".xlsx", ".pdf"])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("day=2020-01-01", "day.none"),
        ("day=2026-02-30", "day.form"),
        ("from=2026-11-24&to=2026-11-23", "days.order"),
        ("from=2026-11-22&to=2026-11-23", "report.one_day"),
        ("day=2026-11-23&from=2026-11-23", "report.period"),
        ("to=2026-11-23", "report.period"),
    ],
)
def test_days_of_which_there_is_no_report_are_refused_in_each_form(
    leader: Client, kind: str, query: str, code: str
) -> None:
    assert leader.get(f"reports/day{kind}?{query}").code == (422, code)


def test_any_report_has_a_page_that_needs_no_script(leader: Client) -> None:
    answer = leader.get("/leaders/reports/day", Accept="text/html")
    text = answer.body.decode()
    assert answer.status == 200
    assert text.count("<table") == text.count("<section") - 1 == 6  # the notes have none
    assert "/api/v1/reports/day.pdf?from=" in text
    assert "Cách tính các số liệu" in text
    assert leader.get("/leaders/reports/moon", Accept="text/html").status == 404
    assert leader.get("/leaders/reports/day?day=x", Accept="text/html").status == 422


def test_the_command_writes_what_the_server_answers_while_it_serves(
    hall: Served, leader: Client, tmp_path: Path
) -> None:
    done = command("report", "day", "--data", hall.folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = report(leader)
    timed = (
        "utilisation",
        "mean_utilisation",
    )  # the third is still at the counter: time goes on between the two questions
    of_command = json.loads(done.stdout)
    for figures in (of_command["figures"], answer["figures"]):
        for key in timed:
            figures.pop(key)
    assert of_command == answer
    day = str(answer["day"])
    table = ("report", "day", "--data", hall.folder, "--from", day, "--to", day, "--format", "csv", "--table", "groups")
    assert command(*table).stdout.encode() == leader.get("reports/day.csv?table=groups").body
    file = tmp_path / "day.pdf"
    assert command("report", "day", "--data", hall.folder, "--day", day, "--pdf", file).returncode == 0
    assert "Cách tính các số liệu" in " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert command(*table[:-4], "--format", "pdf", "--out", tmp_path / "b.pdf").returncode == 0


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("moon",), 2, "invalid choice: 'moon'"),
        (("day", "--day", "x"), 2, "is not a valid date"),
        (("day", "--day", "2020-01-01"), 2, "No numbers were given out on 2020-01-01"),
        (("day", "--csv", "--table", "moon"), 2, "no table"),
        (("day", "--format", "csv", "--json"), 2, "different formats"),
        (("day", "--csv", "--json"), 2, "not allowed with"),
    ],
)
def test_the_command_says_what_is_wrong(hall: Served, words: tuple[str, ...], code: int, sentence: str) -> None:
    done = command("report", *words, "--data", hall.folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr


@pytest.mark.parametrize(
    "path", ["/leaders/day", "/leaders/reports/day", "/leaders/waits", "/leaders/replay", "/leaders/staffing"]
)
def test_only_leaders_and_admins_open_the_pages(hall: Served, path: str) -> None:
    for role, status in {"leader": 200, "admin": 200, "officer": 403, "kiosk": 403}.items():
        assert hall.client(role).get(path, Accept="text/html").status == status, role
