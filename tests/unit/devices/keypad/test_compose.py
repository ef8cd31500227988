"""Strokes become presses: held keys count once, figures become numbers, addresses counters."""

from motcua.devices.contract import Press, Stroke
from motcua.devices.keypad.compose import Composer

NEXT, CALL, TRANSFER, CLEAR = (Stroke(key) for key in ("next", "call", "transfer", "clear"))


def pressed(composer: Composer, *strokes: tuple[float, Stroke]) -> list[Press]:
    return [press for at, stroke in strokes if (press := composer.press(stroke, at))]


def figure(number: int) -> Stroke:
    return Stroke("digit", number)


def test_a_bounced_and_a_held_key_count_once_and_a_second_press_counts() -> None:
    composer = Composer(3, rates=False)
    held_key = [(0.1 * tick, NEXT) for tick in range(30)]
    assert pressed(composer, *held_key, (3.3, NEXT), (3.31, Stroke("recall"))) == [
        Press(3, "next"),
        Press(3, "next"),
        Press(3, "recall"),
    ]


def test_figures_that_were_typed_become_the_number_of_the_next_key() -> None:
    composer = Composer(3, rates=False)
    typed = [(0.0, figure(1)), (0.2, figure(1)), (0.5, figure(7)), (1.0, CALL)]
    assert pressed(composer, *typed, (2.0, figure(4)), (3.0, TRANSFER)) == [
        Press(3, "call", 117),
        Press(3, "transfer", 4),
    ]


def test_a_key_that_needs_a_number_is_nothing_without_one() -> None:
    composer = Composer(3, rates=False)
    assert pressed(composer, (0.0, CALL), (1.0, TRANSFER)) == []
    assert composer.ignored == 2


def test_figures_are_forgotten_after_five_seconds_by_clear_and_by_any_other_key() -> None:
    composer = Composer(3, rates=False)
    assert pressed(composer, (0.0, figure(1)), (5.0, CALL)) == []
    assert pressed(composer, (10.0, figure(1)), (10.5, CLEAR), (11.0, CALL)) == []
    assert pressed(composer, (20.0, figure(1)), (20.5, NEXT), (21.0, CALL)) == [Press(3, "next")]


def test_a_frame_that_carries_its_number_needs_no_figures() -> None:
    assert pressed(Composer(3, rates=False), (0.0, Stroke("call", 42)), (0.1, Stroke("call", 43))) == [
        Press(3, "call", 42),
        Press(3, "call", 43),
    ]


def test_each_address_has_its_counter_its_figures_and_its_bounce() -> None:
    composer = Composer({1: 11, 2: 12}, rates=False)
    strokes = [(0.0, Stroke("digit", 5, 1)), (0.1, Stroke("call", None, 2)), (0.2, Stroke("call", None, 1))]
    assert pressed(composer, *strokes, (0.3, Stroke("next", None, 2)), (0.35, Stroke("next", None, 9))) == [
        Press(11, "call", 5),
        Press(12, "next"),
    ]
    assert composer.ignored == 2


def test_a_rating_pad_gives_faces_only_and_a_keypad_none() -> None:
    strokes = [(0.0, Stroke("rate", 5)), (1.0, Stroke("rate", 6)), (2.0, NEXT), (3.0, Stroke("rate"))]
    assert pressed(Composer(3, rates=True), *strokes) == [Press(3, "rate", 5)]
    assert pressed(Composer(3, rates=False), *strokes) == [Press(3, "next")]


def test_a_line_that_reports_each_key_once_may_type_as_fast_as_it_likes() -> None:
    quick = [(0.0, figure(0)), (0.0, figure(0)), (0.001, figure(7)), (0.01, CALL)]
    assert pressed(Composer(3, rates=False, clean=True), *[(0.0, figure(1)), *quick]) == [Press(3, "call", 1007)]


def test_a_press_with_a_name_of_its_own_is_no_bounce() -> None:
    composer = Composer(3, rates=False)
    assert [composer.press(NEXT, 0.0, name) for name in ("a", "b")] == [
        Press(3, "next", None, "a"),
        Press(3, "next", None, "b"),
    ]
