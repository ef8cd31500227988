"""The sentences of calls: for each occasion one, from the hall's own templates, with the address of its sound."""

import pytest

from motcua.calls import sentences
from motcua.calls.sentences import compose_call
from motcua.copies import replace
from motcua.settings.model import Seats, Settings, Voice
from motcua.voice.words import Mode, Region

PLAIN = Settings()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("call", "Xin mời công dân có số thứ tự A, không một hai, đến quầy số ba."),
        ("priority", "Xin mời công dân ưu tiên có số thứ tự A, không một hai, đến quầy số ba."),
        ("recall", "Xin nhắc lại, mời công dân có số thứ tự A, không một hai, đến quầy số ba."),
        ("transfer", "Xin mời công dân có số thứ tự A, không một hai, chuyển sang quầy số ba."),
    ],
)
def test_each_occasion_has_its_sentence(kind: str, expected: str) -> None:
    call = compose_call(PLAIN, kind, "A", 12, 3)
    assert (call.sentence.text, call.path) == (expected, f"/voice/{kind}/A012/3.wav")


def test_the_sentence_asks_whoever_sits_to_stay() -> None:
    call = compose_call(PLAIN, "seat", "A", 12, 3, "Ghế 5")
    assert call.sentence.text == "Mời công dân có số thứ tự A, không một hai, ngồi tại chỗ. Cán bộ sẽ đến Ghế năm."
    assert call.english == "Number A, zero one two, please stay seated. An officer will come to Ghế 5."
    assert call.path == "/voice/seat/A012/3.wav?seat=Gh%E1%BA%BF%205"


def test_every_place_of_a_template_is_words_where_it_is_spoken() -> None:
    settings = replace(
        PLAIN, texts=replace(PLAIN.texts, call_seat=("{number} ở {seat}, quầy {counter}", "{number} at {seat}"))
    )
    call = compose_call(settings, "seat", "A", 12, 3, "Hàng B ghế 12")
    assert (call.sentence.text, call.english) == (
        "A không một hai ở Hàng B ghế mười hai, quầy ba",
        "A012 at Hàng B ghế 12",
    )


def test_counters_are_cardinals_and_the_region_and_mode_are_the_halls() -> None:
    south = replace(PLAIN, voice=Voice(region="south", mode="cardinal"))
    assert compose_call(south, "call", "B", 1024, 24).sentence.text == (
        "Xin mời công dân có số thứ tự B, một ngàn không trăm hai mươi bốn, đến quầy số hai mươi bốn."
    )


@pytest.mark.parametrize("region", ["north", "central", "south"])
@pytest.mark.parametrize("mode", ["digits", "hybrid", "cardinal"])
def test_what_is_made_beforehand_is_enough_for_every_call(region: Region, mode: Mode) -> None:
    settings = replace(PLAIN, voice=Voice(region=region, mode=mode), seats=Seats(("Ghế 5", "Bàn A12")))
    ready = {piece.name for piece in sentences.list_pieces(settings, [1, 27])}
    for kind in sentences.TEMPLATES:
        for serial in (1, 14, 25, 105, 999, 1005, 9999):
            for seat in settings.seats.labels:
                call = compose_call(settings, kind, "Y", serial, 27, seat)
                assert {piece.name for piece in call.sentence.pieces} <= ready
