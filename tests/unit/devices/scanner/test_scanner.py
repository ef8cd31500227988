"""Cards under the scanner: what they suggest, why they are refused, and that nothing else of them comes out."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import CounterScan, DeviceError, JobOutcome, Report, Scan
from motcua.devices.loading import build_driver
from motcua.devices.scanner.card import compute_age_class, read
from motcua.devices.scanner.codec import LONGEST, CounterCodec, ScanCodec
from motcua.devices.scanner.emulator import ScannerEmulator
from motcua.devices.scanner.samples import make_card, make_health_card
from motcua.devices.scanner.serial import ScannerOptions, SerialScanner
from motcua.devices.supervisor import LONGEST_WAIT_S, Supervisor
from tests.unit.devices.listening import Listening
from tests.unit.devices.sign.by_hand import Hand
from tests.waiting import wait_until

CARDS = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(CARDS["today"])
ENDS = (b"\r", b"\n", b"\r\n", b"\t", b"\x03", b"\r\t")


@pytest.mark.parametrize(
    ("text", "fields"), [case[1:] for case in CARDS["cases"]], ids=[case[0] for case in CARDS["cases"]]
)
def test_a_scan_means(text: str, fields: dict[str, Any]) -> None:
    assert read(text.encode(), TODAY) == Scan(**fields)


@pytest.mark.thorough
@given(st.dates(TODAY - timedelta(days=365 * 120), TODAY - timedelta(days=1)), st.dates(TODAY, date(2040, 12, 31)))
def test_the_class_changes_on_the_birthday_and_never_goes_down(born: date, day: date) -> None:
    today_class = compute_age_class(born, day)
    assert today_class == max(
        least for least in (0, 60, 75) if (born.year + least, born.month, born.day) <= (day.year, day.month, day.day)
    )
    assert compute_age_class(born, day + timedelta(days=1)) >= today_class


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[Scan], list[int]]:
    cases = draw(st.lists(st.sampled_from(CARDS["cases"]), min_size=1, max_size=5))
    stream = b"".join(case[1].rstrip("\r\t\x03").encode() + draw(st.sampled_from(ENDS)) for case in cases)
    cuts = draw(st.lists(st.integers(0, len(stream)), max_size=12))
    return stream, [Scan(**case[2]) for case in cases], sorted(cuts)


@pytest.mark.thorough
@given(streams())
def test_a_counters_scanner_hands_over_each_line_whole_and_keeps_nothing(
    given_: tuple[bytes, list[Scan], list[int]],
) -> None:
    stream, expected, cuts = given_
    codec, scans = CounterCodec(3), list[CounterScan]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        scans += codec.feed(stream[start:end], 0.0, TODAY)
    assert [read(scan.text.encode(), TODAY) for scan in scans] == expected
    assert {scan.counter for scan in scans} <= {3}
    assert codec.end_silence(9.0, TODAY) == []
    assert codec.feed(b"x" * (LONGEST + 1) + b"\r", 10.0, TODAY) == [CounterScan(3, "")]
    assert not any(scan.text[:12] in repr(scan) for scan in scans if scan.text)


@pytest.mark.thorough
@given(streams())
def test_any_pieces_of_a_stream_give_the_same_scans(given_: tuple[bytes, list[Scan], list[int]]) -> None:
    stream, expected, cuts = given_
    codec, at = ScanCodec(), 0.0
    scans: list[Scan] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        at += 0.3  # a busy computer reads late what came at once
        scans += codec.feed(stream[start:end], at, TODAY)
    assert scans == expected
    assert codec.end_silence(at + 1, TODAY) == []


def test_without_a_line_end_silence_ends_a_scan_once() -> None:
    codec = ScanCodec()
    line = make_card(80, TODAY)
    assert codec.feed(line[:50], 1.0, TODAY) + codec.end_silence(1.05, TODAY) + codec.feed(line[50:], 1.06, TODAY) == []
    assert codec.end_silence(1.1, TODAY) == []
    assert codec.end_silence(1.17, TODAY) == [Scan(age=75)]
    assert codec.end_silence(2.0, TODAY) == []


def test_what_never_ends_is_refused_once_and_the_next_card_is_read() -> None:
    codec = ScanCodec()
    assert codec.feed(make_card(80, TODAY)[:-1] + b"9" * 5000, 1.0, TODAY) == []
    assert len(codec._tail) == LONGEST
    assert codec.feed(b"\r" + make_card(80, TODAY) + b"\r\n", 1.1, TODAY) == [Scan(refused="too_long"), Scan(age=75)]


@pytest.mark.thorough
@given(st.lists(st.binary(max_size=300), max_size=6))
def test_garbage_never_raises_and_suggests_nothing(pieces: list[bytes]) -> None:
    codec = ScanCodec()
    scans = [scan for piece in pieces for scan in codec.feed(piece, 1.0, TODAY)] + codec.end_silence(9.0, TODAY)
    assert [scan for scan in scans if scan.age is not None] == []


@pytest.mark.thorough
@given(st.binary(max_size=40), st.integers(0, 100), st.sampled_from([80, 65, 30]))
def test_a_disturbed_card_is_right_or_refused_and_never_another_class(noise: bytes, at: int, years: int) -> None:
    line = make_card(years, TODAY)
    clean = noise.translate(None, b"\r\n0123456789|/")
    scans = ScanCodec().feed(line[:at] + clean + line[at:] + b"\r", 1.0, TODAY)
    assert {scan.age for scan in scans} <= {None, {80: 75, 65: 60, 30: 0}[years]}


@pytest.mark.slow
def test_a_hundred_thousand_random_buffers_suggest_nothing() -> None:
    import random

    dice, alphabet = random.Random(20261125), b"0123456789||||//\r\nABCNguy\xe1\xbb\x85 \x00\xff"
    codec = ScanCodec()
    for number in range(100_000):
        size = dice.randrange(1, 160)
        data = dice.randbytes(size) if number % 2 else bytes(dice.choice(alphabet) for _ in range(size))
        assert [scan for scan in codec.feed(data, number, TODAY) if scan.age is not None] == []


# --- on a pseudo-terminal ---------------------------------------------------------------------------------------------


@pytest.fixture(params=[b"\r", b"\r\n", b""], ids=["CR", "CRLF", "silence"])
def emulator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScannerEmulator]:
    scanner = ScannerEmulator("may-quet", link=str(tmp_path / "line"), end=request.param, today=lambda: TODAY)
    scanner.start()
    yield scanner
    scanner.stop()


def read_scans(step: Callable[[], list[Any]]) -> list[Any]:
    """Return what the next scan was."""
    scans: list[Any] = []

    def is_heard() -> bool:
        scans.extend(step())
        return bool(scans)

    wait_until(is_heard)
    return scans


def test_cards_are_read_over_the_line_and_leave_no_trace(
    emulator: ScannerEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scanner = SerialScanner(ScannerOptions(port=emulator.path), today=lambda: TODAY)
    scanner._now = Listening(scanner._port).now
    scanner.open()
    scan_of: dict[str, Scan] = {
        "card:80": Scan(age=75),
        "card:65": Scan(age=60),
        "card:30": Scan(age=0),
        "health": Scan(refused="health_card"),
        "code:http://10.0.0.5:8080/t/abcDEF-_12": Scan(code="t/abcDEF-_12"),
    }
    for code, scan in scan_of.items():
        emulator.do(code)
        assert read_scans(scanner.step) == [scan]
        assert bytes(scanner._codec._tail) == b""
    emulator.do("garbage")
    assert {scan.refused for scan in read_scans(scanner.step)} == {"not_a_card"}
    assert caplog.records == []
    traces = json.dumps(emulator.get_state()) + repr(vars(scanner))
    assert [word for word in (b"000080000080", b"M\xe1\xba\xaaU", b"01011946") if word.decode() in traces] == []
    assert (scanner.report(), scanner.work("check", {})) == (Report(), JobOutcome("done"))
    assert scanner.work("print", {}) == JobOutcome("failed", "unknown_job")
    scanner.blank()
    scanner.close()


def test_a_pulled_scanner_is_missed_without_telling_what_it_read_and_reads_again_when_it_is_back(
    emulator: ScannerEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    entry = emulator.describe_entry()
    built = build_driver(entry["kind"], entry["driver"], {"port": entry["port"]})
    assert isinstance(built, SerialScanner)
    built._now = Listening(built._port).now
    hand = Hand()
    supervisor = Supervisor("may-quet", built, hand.now)
    supervisor.step()
    emulator._line.write(make_health_card()[:30])
    supervisor.step()
    emulator.do("unplug")
    wait_until(lambda: (supervisor.step(), supervisor.report()["state"])[1] == "down")
    assert isinstance(supervisor.error, DeviceError)
    assert "GD00" not in f"{supervisor.error!r} {supervisor.error} {supervisor.report()} {caplog.text}"
    emulator.do("plug")
    hand.s += LONGEST_WAIT_S
    supervisor.step()
    assert supervisor.report()["state"] == "ok"
    emulator.do("card:30")
    assert read_scans(lambda: supervisor.step()[0]) == [Scan(age=0)]
    supervisor.close()


def test_an_emulator_does_what_its_buttons_say_and_nothing_else() -> None:
    emulator = ScannerEmulator("may-quet")
    emulator.start()
    for handle in emulator.list_handles():
        emulator.do(handle.code)
    assert [handle.code for handle in emulator.list_handles()] == ["plug"]
    assert (emulator.get_state()["fault"], emulator.draw_picture()) == ("unplugged", None)
    with pytest.raises(ValueError, match="card:7"):
        emulator.do("card:7")
    emulator.stop()
