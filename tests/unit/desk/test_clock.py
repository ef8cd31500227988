"""The system's clocks, and the manual one that stands for them in tests and in simulated halls."""

from datetime import UTC, datetime, timedelta

from motcua.desk import ManualClock, system_clock
from motcua.desk.clock import BOOT_FILE

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_the_systems_steady_clock_never_goes_back_and_knows_its_run_of_the_computer() -> None:
    first, second = system_clock.steady(), system_clock.steady()
    assert 0 < first <= second
    if BOOT_FILE.exists():
        assert system_clock.boot == BOOT_FILE.read_text(encoding="ascii").strip()
    assert system_clock.boot


def test_time_that_passes_moves_both_clocks_and_a_step_only_one() -> None:
    clock = ManualClock(START)
    clock.advance(5)
    clock.set(START + timedelta(seconds=12))
    assert (clock.now(), clock.steady()) == (START + timedelta(seconds=12), 12)
    clock.step(-3600)
    assert (clock.now(), clock.steady()) == (START - timedelta(seconds=3588), 12)
    clock.set(START - timedelta(days=1))
    clock.advance(-5)
    assert (clock.now(), clock.steady()) == (START - timedelta(days=1, seconds=5), 12)


def test_another_start_of_the_computer_counts_from_nothing() -> None:
    clock = ManualClock(START)
    boot = clock.boot
    clock.advance(60)
    clock.restart()
    assert (clock.now(), clock.steady()) == (START + timedelta(seconds=60), 0)
    assert clock.boot != boot
