"""What does not work is told until it works, with the time at which it was first seen."""

from datetime import UTC, datetime

from motcua.desk import DeskFault, Faults, ManualClock


def test_a_fault_keeps_its_first_time_and_goes_when_it_is_cleared() -> None:
    clock = ManualClock(datetime(2026, 11, 23, 1, tzinfo=UTC))
    faults = Faults(clock)
    faults.note(DeskFault("backup.failed", "backup", "The copy of %(day)s failed.", {"day": "2026-11-22"}))
    clock.advance(60)
    faults.note(DeskFault("digest.unsigned", "digests", "A day is not signed."))
    faults.note(DeskFault("backup.failed", "backup", "The copy of %(day)s failed.", {"day": "2026-11-23"}))
    assert [(fault.code, dict(fault.params), fault.since) for fault in faults.list_all()] == [
        ("backup.failed", {"day": "2026-11-23"}, "2026-11-23T01:00:00.000Z"),
        ("digest.unsigned", {}, "2026-11-23T01:01:00.000Z"),
    ]
    faults.clear("backup.failed")
    faults.clear("backup.failed")
    assert [fault.code for fault in faults.list_all()] == ["digest.unsigned"]
