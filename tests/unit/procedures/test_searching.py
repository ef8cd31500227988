"""Finding a procedure as people ask for it. `everyday_phrases.csv` has the phrases and what each may mean."""

import csv
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.procedures import store
from motcua.procedures.rules.searching import SearchIndex, build_index, search

TOP = 3
BAR = 0.95
TELEX = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j", "\u0306": "w", "\u031b": "w"}
VNI = {
    "\u0300": "2",
    "\u0301": "1",
    "\u0303": "4",
    "\u0309": "3",
    "\u0323": "5",
    "\u0302": "6",
    "\u0306": "8",
    "\u031b": "7",
}


@cache
def index() -> SearchIndex:
    return build_index(store.load_procedures().values(), store.load_words())


@cache
def phrases() -> list[tuple[str, frozenset[str]]]:
    with (Path(__file__).parent / "everyday_phrases.csv").open(encoding="utf-8") as file:
        return [(row["phrase"], frozenset(row["codes"].split())) for row in csv.DictReader(file)]


def find(query: str, limit: int = TOP) -> list[str]:
    return [item.code for item in search(index(), query, limit)]


Rewrite = Callable[[str], str]
Missed = list[tuple[str, list[str]]]


def list_misses(rewrite: Rewrite, chosen: list[tuple[str, frozenset[str]]]) -> tuple[Missed, int]:
    """Return the phrases whose procedure is not among the first three, with what is, and how many were tried."""
    tried = [(rewrite(phrase), codes) for phrase, codes in chosen]
    answers = [(phrase, codes, find(phrase)) for phrase, codes in tried]
    return [(phrase, best) for phrase, codes, best in answers if not codes & set(best)], len(tried)


def bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def type_telex(text: str) -> str:
    """Return `text` as Telex keys give it while the method is off."""
    typed = ""
    for letter in unicodedata.normalize("NFD", text.lower()):
        typed += typed[-1] if letter == "\u0302" else "dd" if letter == "đ" else TELEX.get(letter, letter)
    return typed


def type_vni(text: str) -> str:
    typed = (VNI.get(letter, letter).replace("\u031b", "7") for letter in unicodedata.normalize("NFD", text.lower()))
    return "".join(typed).replace("đ", "d9")


def test_every_procedure_of_a_ward_is_asked_for_in_the_list() -> None:
    ward = {code for code, item in store.load_procedures().items() if item.level == "ward"}
    assert ward - {code for _phrase, codes in phrases() for code in codes} == set()


@pytest.mark.thorough
@pytest.mark.parametrize("half", [0, 1], ids=["never tuned on", "tuned on"])
def test_what_people_say_is_among_the_first_three(half: int) -> None:
    chosen = [item for item in phrases() if crc32(item[0].encode()) % 2 == half]
    missed, tried = list_misses(str, chosen)
    assert tried >= 150
    assert len(missed) <= (1 - BAR) * tried, missed


@pytest.mark.thorough
@pytest.mark.parametrize(
    "rewrite",
    [
        bare,
        type_telex,
        type_vni,
        lambda text: text.upper(),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"cho tôi hỏi {text} thì cần gì",
        lambda text: f"dạ em muốn {text} ạ",
    ],
    ids=["without accents", "telex left over", "vni left over", "capitals", "decomposed", "asked", "politely"],
)
def test_it_is_so_however_it_is_typed(rewrite: Rewrite) -> None:
    missed, tried = list_misses(rewrite, phrases()[::2])
    assert len(missed) <= (1 - BAR) * tried, missed


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("khaisinh", "1.001193"),
        ("dangkykethon", "1.000894"),
        ("khai sih", "1.001193"),
        ("kết hông", "1.000894"),
        ("chứng thựt bản xao", "2.000815"),
        ("tạm chú", "1.004194"),
        ("hộ ngèo", "1.011607"),
        ("khai s", "1.001193"),
        ("chung th", "2.000815"),
        ("Làm giấy khai sanh cho cháu!!!", "1.001193"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("birth certficate", "1.001193"),
    ],
)
def test_slips_and_unfinished_words_find_it_too(query: str, code: str) -> None:
    assert code in find(query), find(query, 5)


def test_what_a_ward_receives_stands_before_the_same_of_other_offices() -> None:
    procedures = store.load_procedures()
    assert [procedures[code].level for code in find("khai tử")] == ["ward"] * TOP
    assert [procedures[code].level for code in find("đăng ký lại kết hôn", 1)] == ["ward"]


@pytest.mark.thorough
def test_the_order_is_the_same_each_time() -> None:
    other = build_index(store.load_procedures().values(), store.load_words())
    assert [item.code for item in search(other, "giấy", 50)] == find("giấy", 50)


@pytest.mark.parametrize(
    "query", ["", " ", "\x00", "🙂🙂🙂", "!!!", "qwrtzp xkcd", "ñ" * 10_000, "x" * 10_000, "日本語"]
)
def test_nonsense_finds_nothing_and_hurts_nobody(query: str) -> None:
    assert find(query) == []


@pytest.mark.thorough
@given(st.text(max_size=300))
def test_any_text_is_taken(query: str) -> None:
    codes = find(query, 5)
    assert len(codes) == len(set(codes)) <= 5


@pytest.mark.thorough
def test_a_ward_can_add_words_of_its_own() -> None:
    procedures = store.load_procedures()
    assert "1.013978" not in find("lá bùa đất")
    changed = {**procedures, "1.013978": replace(procedures["1.013978"], words=("lá bùa đất",))}
    changed_index = build_index(changed.values(), store.load_words())
    assert search(changed_index, "la bua dat", 1)[0].code == "1.013978"
