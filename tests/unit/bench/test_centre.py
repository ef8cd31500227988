import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import centre
from bench.centre_day import Size


def test_thirty_wards_have_as_many_counters_as_a_hall_can_have() -> None:
    assert Size.of(10) == Size(10, 2000, 40, 20, 300)
    assert Size.of(30).counters == 99


def test_what_doubles_with_each_doubling_grows_with_exponent_one() -> None:
    assert centre.grow((1, 2, 4), (3.0, 6.0, 12.0)) == pytest.approx(1)
    assert centre.grow((1, 2, 4), (3.0, 3.0, 3.0)) == pytest.approx(0)
    assert centre.grow((1, 2, 4), (3.0, 0.0, 3.0)) is None


def test_the_slope_leaves_out_what_the_day_loads_at_its_beginning() -> None:
    memory = [(count, 50 + count if count < 50 else 100 + count / 100) for count in range(100)]
    assert centre.measure_slope(memory) == pytest.approx(10)


@pytest.mark.process
def test_a_ward_morning_loses_nothing_and_a_change_behind_its_back_is_seen(tmp_path: Path) -> None:
    record, lost = centre.run_day(tmp_path, Size(1, 12, 2, 2, 3))
    assert (lost, len(record.issued), len(record.called), len(record.calls_s)) == (0, 12, 12, 12)
    data = tmp_path / "centre-1" / "desk"
    with closing(sqlite3.connect(data / "desk.db")) as db:
        number = db.execute("SELECT number FROM tickets LIMIT 1").fetchone()[0]
        db.execute("UPDATE tickets SET number = 'Z999' WHERE number = ?", (number,))
        db.commit()
    assert centre.count_wrong(data, record) >= 2
