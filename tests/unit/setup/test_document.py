"""What is written reads back the same; what cannot be read says where."""

import re
import tomllib
import unicodedata
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.model import LETTERS, Group, Service
from motcua.counters.model import Counter
from motcua.procedures import store as procedure_store
from motcua.settings.model import (
    Appointments,
    Choice,
    Day,
    DayOff,
    Notices,
    OpeningHours,
    Printing,
    Priority,
    QueueRules,
    RatingRules,
    Retention,
    Seats,
    Session,
    Settings,
    Texts,
    Unit,
    Voice,
    Waits,
    Web,
    WorkingDay,
)
from motcua.settings.sections.calls import CALL_SEAT
from motcua.setup import document as documents
from motcua.setup import template
from motcua.setup.document import Document, build, read, to_plain, write
from motcua.setup.mistakes import Mistakes, make_mistake
from motcua.setup.parts import PARTS
from motcua.typed.lines import clean_line

SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))


def lines(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(SIGNS, max_size=most // 2).map(clean_line).filter(lambda text: least <= len(text) <= most)


def pairs(least: int) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(lines(least, 30), lines(least, 30))


CODES = st.from_regex(r"[a-z][a-z0-9]{0,5}([-_][a-z0-9]{1,4}){0,2}", fullmatch=True)
DATES = st.dates(date(2020, 1, 1), date(2099, 12, 31)).map(str)
CHOICES = st.lists(st.builds(Choice, CODES, pairs(1)), max_size=4, unique_by=lambda item: item.code).map(tuple)
REPEATS: tuple[Literal[1, 2], ...] = (1, 2)
PROCEDURES = sorted(procedure_store.load_procedures())


def sessions(least: int) -> st.SearchStrategy[tuple[Session, ...]]:
    def cut(found: list[int]) -> tuple[Session, ...]:
        marks = sorted(found)
        return tuple(Session(marks[at], marks[at + 1]) for at in range(0, len(marks) - 1, 2))

    return st.lists(st.integers(0, 1440), min_size=2 * least, max_size=6, unique=True).map(cut)


@st.composite
def settings_of(draw: st.DrawFn) -> Settings:
    whole = st.integers
    codes = draw(st.lists(CODES.filter(lambda code: code != "ordinary"), max_size=5, unique=True))
    ranks = [draw(whole(1, 4)) for _ in codes]
    classes = [
        Priority(code, rank, draw(pairs(1)), draw(lines(0, 40)), draw(DATES | st.just("")))
        for code, rank in zip(codes, ranks, strict=True)
    ]
    days_off = st.builds(DayOff, DATES, lines(1, 40), lines(0, 40))
    working = st.builds(WorkingDay, DATES, sessions(1), lines(0, 40), lines(0, 40))
    return Settings(
        unit=Unit(draw(lines(1, 40)), draw(lines(1, 40)), draw(lines(0, 40)), draw(lines(0, 40))),
        day=Day(draw(st.sampled_from(["Asia/Ho_Chi_Minh", "UTC", "Europe/Berlin"])), draw(whole(0, 720)),
        draw(whole(1435, 1439))),
        hours=OpeningHours(*(draw(sessions(0)) for _ in range(7))),
        days_off=tuple(draw(st.lists(days_off, max_size=3, unique_by=lambda item: item.date))),
        working_days=tuple(draw(st.lists(working, max_size=3, unique_by=lambda item: item.date))),
        queue=QueueRules(
            draw(whole(1, 20)), draw(whole(1, 240)), draw(whole(1, 240)), draw(whole(0, 5)), draw(whole(0, 9)),
            draw(st.booleans()),
            draw(st.booleans()), draw(st.booleans()), draw(whole(1, 60)), draw(CHOICES), draw(CHOICES), draw(CHOICES),
        ),
        priorities=(*classes, Priority("ordinary", draw(whole(5, 9)), draw(pairs(1)))),
        rating=RatingRules(draw(whole(5, 300)), draw(whole(0, 30)), draw(CHOICES)),
        printing=Printing(draw(st.sampled_from(["auto", "browser", "agent", "none"]))),
        texts=Texts(
            call=("{letter} {digits} → {counter}", "{number}" + draw(lines(0, 9)).translate({123: None,
            125: None}).strip()),
            call_priority=("★ {number}", "{number} ★"),
            call_recall=("{digits}, {digits}", "{digits}!"),
            call_transfer=("{number} → {counter}", "→ {counter}"),
            call_seat=("{number} → {seat}", CALL_SEAT[1]),
            ticket_footer=("", "“Thank you\\”"),
        ),
        retention=Retention(draw(whole(1, 3650)), draw(whole(1, 3650)), draw(whole(1, 3650))),
        seats=Seats(("Ghế 1", *draw(st.lists(lines(1, 40).filter(lambda line: line != "Ghế 1"), max_size=3,
        unique=True)))),
        appointments=Appointments(draw(st.booleans()), draw(whole(5, 240)), draw(whole(1, 200)), draw(whole(0, 60)),
        draw(whole(0, 1440)),
                                  draw(whole(0, 240)), draw(whole(0, 20)), draw(whole(1, 365))),
        notices=Notices(
            "mail.phuong.example", draw(whole(1, 65535)), draw(st.sampled_from(["none", "starttls", "tls"])),
            draw(lines(0, 40)),
            "hen@phuong.example", draw(st.sampled_from(["", "https://phuong.example/báo?x=1"])),
        ),
        web=Web(draw(st.sampled_from(["", "http://192.168.1.9:8000", "https://motcua.phuong.vn"]))),
        waits=Waits(draw(whole(30, 1000)), draw(whole(7, 365)), draw(whole(1, 240))),
        voice=Voice(
            draw(st.booleans()), draw(st.sampled_from(["north", "central", "south"])),
            draw(st.sampled_from(["digits", "hybrid", "cardinal"])), draw(whole(100, 170)),
            draw(st.sampled_from(REPEATS)),
            draw(st.booleans()), draw(whole(10, 100)),
        ),
    )  # fmt: skip


QUOTAS = st.tuples(st.none() | st.integers(0, 9999), st.none() | st.integers(0, 9999))


def some_of(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple) if codes else st.just(())


@st.composite
def documents_of(draw: st.DrawFn) -> Document:
    letters = draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4, unique=True))
    codes = draw(st.lists(CODES, min_size=len(letters), max_size=8, unique=True))
    procedures = draw(st.lists(st.sampled_from(PROCEDURES), max_size=8, unique=True))
    groups = [Group(letter, draw(pairs(1)), draw(pairs(0))) for letter in letters]
    services = [
        Service(
            code, letters[at % len(letters)], draw(pairs(1)), tuple(procedures[at :: len(codes)]), draw(QUOTAS),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for at, code in enumerate(codes)
    ]  # fmt: skip
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True).map(sorted))
    served = [draw(st.lists(st.sampled_from(codes), unique=True)) for _ in numbers[1:]]
    counters = [
        Counter(number, draw(lines(0, 30)), tuple(found), prefer=draw(some_of(found)),
        must=draw(some_of(found)) if first else (),
                hours=() if first else draw(sessions(0).map(lambda found: tuple((one.start_min,
                one.end_min) for one in found))))
        for number, found, first in zip(numbers, [codes, *served], [True, *[False] * len(served)], strict=True)
    ]  # fmt: skip
    return Document(draw(settings_of()), groups, services, counters)


@pytest.mark.thorough
@settings(max_examples=15, deadline=None)
@given(documents_of())
def test_what_is_written_reads_back_the_same(document: Document) -> None:
    assert read(write(document)) == document


@pytest.mark.thorough
def test_the_ward_template_reads_back_and_keeps_its_shape(ward: Document) -> None:
    assert read(write(ward)) == ward
    whole = to_plain(ward)
    for item in whole["services"]:
        assert item.pop("quota") == {"morning": None, "afternoon": None}  # what has no limit is not written
    assert tomllib.loads(write(ward)) == whole
    assert build(to_plain(ward)) == ward


def test_each_part_of_a_written_file_has_a_comment(ward: Document) -> None:
    text = write(ward)
    heads = [re.search(rf"^# .+\n\[+{part}\]+$", text, re.MULTILINE) for part in to_plain(ward) if part != "version"]
    assert len(heads) == len(PARTS)
    assert None not in heads


def test_an_empty_footer_and_no_holidays_can_be_written(ward: Document) -> None:
    trial = template.open_always(ward)
    assert read(write(trial)) == trial
    assert (trial.settings.days_off, trial.settings.working_days) == ((), ())
    assert trial.settings.hours.week == ((Session(0, 1440),),) * 7


def test_windows_line_ends_a_mark_and_unquoted_dates_are_read(ward: Document) -> None:
    text = write(ward).replace('date = "2026-01-01"', "date = 2026-01-01").replace("\n", "\r\n")
    assert read("\ufeff" + text) == ward


def test_names_are_trimmed_and_composed(ward: Document) -> None:
    raw = to_plain(ward)
    raw["unit"]["name"] = unicodedata.normalize("NFD", "  Phường Mẫu ")
    assert build(raw) == ward


def test_counters_come_by_number(ward: Document) -> None:
    raw = to_plain(ward)
    raw["counters"].reverse()
    assert build(raw) == ward


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ('version = 1\n[unit]\nname = "Phường', 3, 15, "toml.syntax"),
        ("version = 1\nunit = [", 2, 9, "toml.syntax"),
        ("version = 1\nnonsense\n", 2, 9, "toml.syntax"),
        ("version = 1\nversion = 1\n", 2, 12, "toml.twice"),
        ("[unit]\n[unit]\n", 2, 6, "toml.twice"),
        ("x = " + "[" * 5000, 1, 5005, "toml.syntax"),
    ],
)
def test_a_file_that_is_no_toml_says_where(text: str, line: int, column: int, code: str) -> None:
    with pytest.raises(Mistakes) as caught:
        read(text)
    assert caught.value.code == "settings.unreadable"
    assert [(item.place, item.code, item.params["line"], item.params["column"]) for item in caught.value.mistakes] == [
        (f"line {line}, column {column}", code, line, column)
    ]


def test_a_newer_file_asks_for_a_newer_motcua(ward: Document) -> None:
    with pytest.raises(Mistakes) as caught:
        build({**to_plain(ward), "version": 2, "rooms": []})
    assert caught.value.code == "settings.newer"
    assert str(caught.value) == (
        "version: This file was written by a newer motcua (version 2 of the file, this one knows 1). Update "
        "motcua first."
    )


def test_an_older_file_is_brought_up_to_date(ward: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(raw: dict[str, Any]) -> dict[str, Any]:
        unit = dict(raw["unit"])
        return {**raw, "unit": {"name": unit.pop("title"), **unit}}

    raw = to_plain(ward)
    raw["unit"]["title"] = raw["unit"].pop("name")
    monkeypatch.setattr(documents, "VERSION", 2)
    monkeypatch.setitem(documents.MIGRATIONS, 1, named)
    assert build(raw) == ward


def test_every_mistake_is_named_at_once_and_in_the_files_order(ward: Document) -> None:
    raw = to_plain(ward)
    raw["texts"]["call"]["vi"] = "{name}"
    raw["services"][3]["group"] = "X"
    raw["services"][1]["colour"] = "red"
    raw["hours"]["monday"][1] = "13-17"
    raw["version"] = "1"
    with pytest.raises(Mistakes) as caught:
        build(raw)
    assert caught.value.mistakes == [
        make_mistake("version", "version.wrong", "%(version)s is not a version of the settings file.", version="1"),
        make_mistake(
            "hours.monday[1]", "hours.form", 'Hours are written like "07:30-11:30"; not “%(value)s”.', value="13-17"
        ),
        make_mistake("services[1].colour", "value.unknown", "There is no such setting: %(name)s.", name="colour"),
        make_mistake("services[3].group", "group.unknown", "There is no group %(letter)s.", letter="X"),
        make_mistake(
            "texts.call.vi",
            "text.place",
            "%(found)s is not a valid place. Valid places: %(known)s.",
            found="{name}",
            known="{letter} {digits} {counter} {number}",
        ),
    ]
    assert caught.value.params == {"count": 5, "first": "version"}


def test_texts_of_a_file_are_kept_in_one_writing(ward: Document) -> None:
    raw = to_plain(ward)
    raw["unit"]["name"] = unicodedata.normalize("NFD", "\ufeff Phường\u00a0Mỹ\u200b Ðình ")
    raw["seats"]["labels"] = ["Gh\u1ebf\u00ad 1"]
    document = build(raw)
    assert (document.settings.unit.name, document.settings.seats.labels) == ("Phường Mỹ Đình", ("Ghế 1",))
    assert read(write(document)) == document
