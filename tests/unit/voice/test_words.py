"""Numbers and sentences in words, by the rules of each region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.voice.words import (
    DIGITS,
    LETTERS,
    MODES,
    MOST,
    REGIONS,
    Mode,
    Region,
    compose,
    list_letter_pieces,
    list_number_pieces,
    write_cardinal,
    write_figures,
    write_numbered,
)

NORTH = {
    0: "không", 1: "một", 4: "bốn", 5: "năm", 7: "bảy", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
    19: "mười chín",
    20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 30: "ba mươi", 41: "bốn mươi mốt",
    44: "bốn mươi tư",
    55: "năm mươi lăm", 91: "chín mươi mốt", 99: "chín mươi chín", 100: "một trăm", 101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm", 109: "một trăm linh chín", 110: "một trăm mười", 111: "một trăm mười một",
    114: "một trăm mười bốn",
    115: "một trăm mười lăm", 120: "một trăm hai mươi", 121: "một trăm hai mươi mốt", 124: "một trăm hai mươi tư",
    125: "một trăm hai mươi lăm", 200: "hai trăm", 444: "bốn trăm bốn mươi tư", 505: "năm trăm linh năm",
    555: "năm trăm năm mươi lăm",
    999: "chín trăm chín mươi chín", 1000: "một nghìn", 1001: "một nghìn không trăm linh một",
    1004: "một nghìn không trăm linh bốn",
    1005: "một nghìn không trăm linh năm", 1010: "một nghìn không trăm mười", 1015: "một nghìn không trăm mười lăm",
    1021: "một nghìn không trăm hai mươi mốt", 1024: "một nghìn không trăm hai mươi tư", 1100: "một nghìn một trăm",
    1101: "một nghìn một trăm linh một", 1111: "một nghìn một trăm mười một", 2000: "hai nghìn",
    4444: "bốn nghìn bốn trăm bốn mươi tư",
    5050: "năm nghìn không trăm năm mươi", 9999: "chín nghìn chín trăm chín mươi chín",
}  # fmt: skip
SOUTH = {
    1: "một", 15: "mười lăm", 21: "hai mươi mốt", 24: "hai mươi bốn", 25: "hai mươi lăm", 44: "bốn mươi bốn",
    101: "một trăm lẻ một",
    104: "một trăm lẻ bốn", 105: "một trăm lẻ năm", 110: "một trăm mười", 124: "một trăm hai mươi bốn",
    1000: "một ngàn",
    1005: "một ngàn không trăm lẻ năm", 1024: "một ngàn không trăm hai mươi bốn",
    4444: "bốn ngàn bốn trăm bốn mươi bốn",
}  # fmt: skip
NUMBERS = st.integers(0, MOST)
PLACES = {"letter": "A", "digits": "không không một", "counter": "ba", "seat": "Ghế 5"}


@pytest.mark.parametrize(("number", "words"), NORTH.items())
def test_the_north_and_the_centre_read_it_so(number: int, words: str) -> None:
    assert write_cardinal(number, "north") == write_cardinal(number, "central") == words


@pytest.mark.parametrize(("number", "words"), SOUTH.items())
def test_the_south_reads_it_so(number: int, words: str) -> None:
    assert write_cardinal(number, "south") == words


def value(words: str) -> int:
    """Return the number that `words` say: the reader's own rule, written the other way round."""
    units = {word: number for number, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total, last = 0, 0
    for word in words.split():
        if word in units:
            total, last = total + last, units[word]
        elif word == "mười":
            total, last = total + last + 10, 0
        elif word in {"linh", "lẻ"}:
            total, last = total + last, 0
        else:
            total, last = total + last * {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}[word], 0
    return total + last


@pytest.mark.thorough
@pytest.mark.parametrize("region", REGIONS)
def test_every_number_is_read_back_from_its_words_and_only_with_known_clips(region: Region) -> None:
    clip_names = {piece.name for piece in list_number_pieces(region)}
    numbers_in_words = [write_cardinal(number, region) for number in range(MOST + 1)]
    assert [value(words) for words in numbers_in_words] == list(range(MOST + 1))
    assert {word for words in numbers_in_words for word in words.split()} == clip_names


@pytest.mark.parametrize("region", REGIONS)
def test_the_rules_hold_for_every_number(region: Region) -> None:
    north = region != "south"
    for number in range(MOST + 1):
        words = write_cardinal(number, region).split()
        tens, unit = number // 10 % 10, number % 10
        assert (words[-1] == "mốt") == (unit == 1 and tens > 1)
        assert (words[-1] == "lăm") == (unit == 5 and tens > 0)
        assert (words[-1] == "tư") == (unit == 4 and tens > 1 and north)
        assert (("linh" if north else "lẻ") in words) == (number > 100 and tens == 0 and unit > 0)
        assert (("nghìn" if north else "ngàn") in words) == (number >= 1000)
        assert ("mười" in words) == (tens == 1)
        assert words.count("trăm") == (number % 1000 > 0 if number >= 1000 else number >= 100)


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_what_is_no_ticket_number_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        write_cardinal(number, "north")


@pytest.mark.parametrize(
    ("number", "mode", "region", "words"),
    [
        (1, "digits", "north", "không không một"),
        (24, "digits", "south", "không hai bốn"),
        (1024, "digits", "north", "một không hai bốn"),
        (1, "hybrid", "north", "không không một"),
        (25, "hybrid", "north", "không hai mươi lăm"),
        (24, "hybrid", "south", "không hai mươi bốn"),
        (105, "hybrid", "north", "một trăm linh năm"),
        (1005, "hybrid", "south", "một ngàn không trăm lẻ năm"),
        (0, "hybrid", "north", "không không không"),
        (1, "cardinal", "north", "một"),
        (24, "cardinal", "north", "hai mươi tư"),
    ],
)
def test_a_tickets_number_is_read_in_three_ways(number: int, mode: Mode, region: Region, words: str) -> None:
    assert write_figures(number, mode, region) == words
    assert write_numbered("A", number, mode, region) == f"A, {words}"


@pytest.mark.thorough
@given(NUMBERS, st.sampled_from(REGIONS))
def test_figures_are_as_many_as_are_printed(number: int, region: Region) -> None:
    assert len(write_figures(number, "digits", region).split()) == len(f"{number:03d}")
    hybrid = write_figures(number, "hybrid", region).split()
    zeros = len(f"{number:03d}") - len(str(number)) if number else 2
    assert hybrid[:zeros] == ["không"] * zeros


@pytest.mark.thorough
@given(st.sampled_from(MODES), st.sampled_from(REGIONS), NUMBERS, st.integers(1, 999), st.sampled_from(sorted(LETTERS)))
def test_what_is_spoken_are_the_words_that_are_shown(
    mode: Mode, region: Region, number: int, counter: int, letter: str
) -> None:
    template = "Xin mời số {letter}, {digits}, đến quầy số {counter}. Tầng 2!"
    values = {
        "letter": letter,
        "digits": write_figures(number, mode, region),
        "counter": write_cardinal(counter, region),
    }
    sentence = compose(template, values, region)
    text = sentence.text.lower().replace(",", "").replace(".", "").replace("!", "")
    spoken = " ".join(piece.name.removeprefix("chữ ") for piece in sentence.pieces)
    assert text == spoken
    clip_names = {piece.name for piece in [*list_number_pieces(region), *list_letter_pieces()]}
    assert {piece.name for piece in sentence.pieces} - clip_names == {"xin mời số", "đến quầy số", "tầng"}


def test_a_sentence_is_cut_where_it_changes_and_pauses_where_it_has_a_comma() -> None:
    sentence = compose("Xin mời số {letter}, {digits}, ngồi tại chỗ. Cán bộ đến {seat}.", PLACES, "north")
    assert [(piece.words, piece.pause_ms) for piece in sentence.pieces] == [
        ("xin mời số", 80), ("a", 160), ("không", 40), ("không", 40), ("một", 160), ("ngồi tại chỗ", 300),
        ("cán bộ đến", 80), ("ghế", 80),
        ("năm", 0),
    ]  # fmt: skip


def test_the_whole_number_is_letter_and_figures() -> None:
    assert compose("Số {number}", PLACES, "north").text == "Số A không không một"


@pytest.mark.thorough
@given(st.text(max_size=60), st.sampled_from(REGIONS))
def test_no_figure_and_no_lone_letter_reaches_the_engine(template: str, region: Region) -> None:
    for piece in compose(template, PLACES, region).pieces:
        assert piece.words.strip()
        assert not any(letter.isdecimal() for letter in piece.words)
