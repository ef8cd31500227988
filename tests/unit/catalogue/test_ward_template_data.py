"""The data a ward starts with: the template and the catalogue agree with each other and with what people can read."""

import csv
import re
import string
import tomllib
import unicodedata
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import motcua

PACKAGE = Path(motcua.__file__).parent
TEMPLATE: dict[str, Any] = tomllib.loads((PACKAGE / "setup/templates/ward.toml").read_text(encoding="utf-8"))
with (PACKAGE / "procedures/data/procedures.csv").open(encoding="utf-8", newline="") as file:
    PROCEDURES = list(csv.DictReader(file))

COLUMNS = ["code", "name", "official_name", "field", "level", "time_limit", "fee", "mark"]
LETTERS = set(string.ascii_uppercase) - set("FIJOWZ")
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WARD = [row["code"] for row in PROCEDURES if row["level"] == "ward"]
SERVICES = [service["code"] for service in TEMPLATE["services"]]
REASONS = {
    "hold": TEMPLATE["queue"]["hold_reasons"],
    "pause": TEMPLATE["queue"]["pause_reasons"],
    "call": TEMPLATE["queue"]["call_reasons"],
    "rating": TEMPLATE["rating"]["reasons"],
}


def days(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(n)) for n in range((end - start).days + 1)]


def test_the_catalogue_has_740_national_codes_and_39_more() -> None:
    codes = [row["code"] for row in PROCEDURES]
    assert list(PROCEDURES[0]) == COLUMNS
    assert len(codes) == len(set(codes)) == 779
    assert sum("N" in row["mark"].split("; ") for row in PROCEDURES) == 740
    assert [code for code in codes if not re.fullmatch(r"\d\.\d{6}", code)] == []
    assert len(WARD) == 77


def test_ward_procedures_come_first_and_both_parts_are_sorted() -> None:
    order = [(row["level"] != "ward", row["code"]) for row in PROCEDURES]
    assert order == sorted(order)
    assert {row["level"] for row in PROCEDURES} == {"ward", ""}


def test_every_procedure_can_be_shown() -> None:
    bare = [
        row["code"]
        for row in PROCEDURES
        if not row["name"] or "…" in row["name"] or any(cell != cell.strip() for cell in row.values())
    ]
    assert bare == []
    assert [row["code"] for row in PROCEDURES if row["level"] == "ward" and not row["field"]] == []
    assert [row["code"] for row in PROCEDURES if "unverified" in "".join(row.values())] == []


def test_every_ward_procedure_belongs_to_exactly_one_service() -> None:
    placed = Counter(code for service in TEMPLATE["services"] for code in service["procedures"])
    assert placed == Counter(WARD)


def test_every_group_has_an_allowed_letter_of_its_own_and_a_service() -> None:
    letters = [group["letter"] for group in TEMPLATE["groups"]]
    assert letters == list("AHCDKBTG")
    assert set(letters) <= LETTERS
    assert {service["group"] for service in TEMPLATE["services"]} == set(letters)


def test_collecting_a_result_takes_one_touch() -> None:
    assert [service["code"] for service in TEMPLATE["services"] if service["group"] == "T"] == ["result-pickup"]


def test_codes_are_unique_and_plain() -> None:
    priorities = [priority["code"] for priority in TEMPLATE["priorities"]]
    assert 20 <= len(SERVICES) <= 24
    for codes in (SERVICES, priorities, *([reason["code"] for reason in reasons] for reasons in REASONS.values())):
        assert len(codes) == len(set(codes))
        assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_names_fit_the_kiosk() -> None:
    named = [*TEMPLATE["groups"], *TEMPLATE["services"]]
    assert [item["name"] for item in named if len(item["name"]["vi"]) > 32 or len(item["name"]["en"]) > 36] == []
    hints = [group["hint"] for group in TEMPLATE["groups"]]
    assert [hint for hint in hints if len(hint["vi"]) > 48 or len(hint["en"]) > 48] == []
    labels = [priority["label"] for priority in TEMPLATE["priorities"]]
    assert [label for label in labels if len(label["vi"]) > 40 or len(label["en"]) > 40] == []


def test_every_text_for_people_is_there_in_both_languages() -> None:
    texts = [item["name"] for item in (*TEMPLATE["groups"], *TEMPLATE["services"])]
    texts += [group["hint"] for group in TEMPLATE["groups"]]
    texts += [priority["label"] for priority in TEMPLATE["priorities"]]
    texts += list(TEMPLATE["texts"].values())
    texts += [{"vi": item["vi"], "en": item["en"]} for reasons in REASONS.values() for item in reasons]
    assert [text for text in texts if set(text) != {"vi", "en"} or not all(text.values())] == []


def test_vietnamese_is_stored_composed() -> None:
    for path in ("setup/templates/ward.toml", "procedures/data/procedures.csv"):
        assert unicodedata.is_normalized("NFC", (PACKAGE / path).read_text(encoding="utf-8"))


def test_six_counters_serve_everything_and_three_certify_copies() -> None:
    counters = TEMPLATE["counters"]
    served = Counter(code for counter in counters for code in counter["services"])
    assert [counter["number"] for counter in counters] == [1, 2, 3, 4, 5, 6]
    assert set(served) == set(SERVICES)
    assert served["certified-copy"] == 3
    assert [counter for counter in counters if len(counter["services"]) != len(set(counter["services"]))] == []


def test_priorities_are_six_codes_in_four_ranks_with_their_basis() -> None:
    priorities = TEMPLATE["priorities"]
    assert {priority["code"]: priority["rank"] for priority in priorities} == {
        "disabled": 1, "pregnant": 1, "elder75": 1, "merit": 2, "elder60": 3, "ordinary": 4,
    }  # fmt: skip
    assert [priority for priority in priorities if not priority["basis"]] == []
    assert [priority["valid_from"] for priority in priorities] == ["2026-01-01"] * 6


def test_the_desk_opens_on_weekdays_morning_and_afternoon() -> None:
    week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert TEMPLATE["hours"] == {
        **{day: ["07:30-11:30", "13:00-17:00"] for day in week}, "saturday": [], "sunday": [],
    }  # fmt: skip


def test_days_off_are_the_known_ones_and_name_their_source() -> None:
    assert [day["date"] for day in TEMPLATE["days_off"]] == [
        *days("2026-01-01", "2026-01-02"),
        *days("2026-02-16", "2026-02-20"),
        "2026-04-27", "2026-04-30", "2026-05-01",
        *days("2026-08-31", "2026-09-02"), "2026-11-24",
        "2027-01-01",
        *days("2027-02-05", "2027-02-11"),
        "2027-04-16", "2027-04-30", "2027-05-03",
        *days("2027-09-02", "2027-09-03"), "2027-11-24",
    ]  # fmt: skip
    assert [day["date"] for day in TEMPLATE["working_days"]] == ["2026-01-10", "2026-08-22"]
    dated = [*TEMPLATE["days_off"], *TEMPLATE["working_days"]]
    assert [day["date"] for day in dated if not (day["name"] and day["source"])] == []


def test_worked_off_days_are_saturdays_with_hours() -> None:
    worked = TEMPLATE["working_days"]
    assert [date.fromisoformat(day["date"]).isoweekday() for day in worked] == [6, 6]
    assert [day["hours"] for day in worked] == [["07:30-11:30", "13:00-17:00"]] * 2


def test_the_call_has_its_three_places_in_both_languages() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {language: places(text) for language, text in TEMPLATE["texts"]["call"].items()} == {
        "vi": {"letter", "digits", "counter"}, "en": {"letter", "digits", "counter"},
    }  # fmt: skip


def test_the_template_has_the_sections_that_settings_know() -> None:
    assert TEMPLATE["version"] == 1
    assert set(TEMPLATE) == {
        "version", "unit", "day", "hours", "days_off", "working_days", "queue", "priorities", "groups", "services",
        "counters", "seats", "appointments", "web", "notices", "staff", "waits", "rating", "printing", "texts",
        "retention",
    }  # fmt: skip
