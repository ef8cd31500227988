"""How old a press is counts the time in which the computer slept."""

import time

import pytest

from motcua.agent.steady import read_steady_clock


def test_the_agents_seconds_go_on_while_the_computer_sleeps() -> None:
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_time is not None:
        assert time.clock_gettime(boot_time) == pytest.approx(read_steady_clock(), abs=60)
    assert 0 < read_steady_clock() <= read_steady_clock()
