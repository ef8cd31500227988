"""One door: gapless, all or nothing, in order, on a clock that never goes back."""

import sqlite3
import threading
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from motcua.desk import (
    ClockStepped,
    DatabaseTooNewError,
    Desk,
    Entry,
    Event,
    Key,
    ManualClock,
    Refused,
    SeededEntropy,
    Tx,
    Unavailable,
)
from motcua.desk.command import Command
from motcua.desk.journal import find_broken_link, read_rows
from motcua.desk.ledger import Ledger
from tests.unit.desk.notes import LATER, MONDAY, ROOM, Noted, Pad, notes, opened, write


def seqs(pad: Pad) -> list[tuple[object, ...]]:
    return pad.one("SELECT seq, json_extract(data, '$.word') FROM journal ORDER BY seq")


def test_a_refused_command_leaves_no_gap_and_no_trace(pad: Pad) -> None:
    pad.desk.do(write, "một")
    head = pad.desk.head
    with pytest.raises(Refused, match="The word no is not written"):
        pad.desk.do(write, "no")
    assert pad.desk.head == head
    assert pad.desk.do(write, "hai") == 2
    assert (seqs(pad), pad.notes()) == ([(1, "một"), (2, "hai")], [(1, "một"), (2, "hai")])


def test_a_command_that_crashes_is_rolled_back_too(pad: Pad) -> None:
    def crash(tx: Tx) -> None:
        write(tx, "một")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pad.desk.do(crash)
    assert (pad.desk.do(write, "hai"), seqs(pad)) == (1, [(1, "hai")])


def test_in_a_group_each_command_stands_or_falls_alone(folder: Path) -> None:
    ledger = Ledger(folder / "desk.db", [ROOM], ManualClock(MONDAY), SeededEntropy(1))
    ledger.open()
    outcomes = ledger.commit([Command("a", partial(write_it, word)) for word in ("một", "no", "hai", "no", "ba")])
    assert [outcome.result for outcome in outcomes] == [1, None, 2, None, 3]
    assert [type(outcome.error) for outcome in outcomes] == [type(None), Refused, type(None), Refused, type(None)]
    assert [[entry.seq for entry in outcome.entries] for outcome in outcomes] == [[1], [], [2], [], [3]]
    assert ledger.head.seq == 3
    ledger.close()
    with opened(folder) as pad, pad.desk.read() as db:
        assert find_broken_link(read_rows(db)) is None
        assert notes(db) == [(1, "một"), (2, "hai"), (3, "ba")]


def write_it(word: str, tx: Tx) -> int:
    return write(tx, word)


def test_a_group_whose_commit_fails_is_undone_as_a_whole(folder: Path) -> None:
    def bind_to_nothing(tx: Tx) -> None:
        tx.db.execute("PRAGMA defer_foreign_keys=ON")
        tx.db.execute("INSERT INTO children VALUES (99)")

    ledger = Ledger(folder / "desk.db", [ROOM, LATER], ManualClock(MONDAY), SeededEntropy(1))
    ledger.open()
    ledger.commit([Command("a", partial(write_it, "một"))])
    head = ledger.head
    outcomes = ledger.commit([Command("a", partial(write_it, "hai")), Command("a", bind_to_nothing)])
    assert [getattr(outcome.error, "code", None) for outcome in outcomes] == ["store.unavailable"] * 2
    assert (ledger.head, [outcome.entries for outcome in outcomes]) == (head, [[], []])
    again = ledger.commit([Command("a", partial(write_it, "ba"))])[0]
    assert (again.result, again.entries[0].seq) == (2, 2)
    ledger.close()


def test_time_never_goes_back_by_less_than_a_minute(pad: Pad) -> None:
    pad.desk.do(write, "một")
    pad.clock.advance(-60)
    pad.desk.do(write, "hai")
    pad.clock.advance(70)
    pad.desk.do(write, "ba")
    stamps = [row[0] for row in pad.one("SELECT at FROM journal ORDER BY seq")]
    assert stamps == ["2026-11-23T01:00:00.000Z", "2026-11-23T01:00:00.000Z", "2026-11-23T01:00:10.000Z"]


def test_a_clock_that_shows_an_earlier_day_is_noticed_and_the_desk_goes_on_by_its_own_time(pad: Pad) -> None:
    def look(tx: Tx) -> tuple[str, str, bool]:
        return tx.at, tx.day, tx.clock_behind

    assert pad.desk.do(look) == ("2026-11-23T01:00:00.000Z", "2026-11-23", False)
    pad.desk.do(write, "một")
    pad.clock.step(-86400)
    assert pad.desk.do(look) == ("2026-11-23T01:00:00.000Z", "2026-11-23", True)
    pad.clock.advance(600)
    assert pad.desk.do(look) == ("2026-11-23T01:10:00.000Z", "2026-11-23", True)
    pad.clock.step(86400)
    assert pad.desk.do(look) == ("2026-11-23T01:10:00.000Z", "2026-11-23", False)
    pad.clock.set(datetime.fromisoformat("2026-11-24T00:00+07:00"))
    assert pad.desk.do(look) == ("2026-11-23T17:00:00.000Z", "2026-11-24", False)
    assert pad.one("SELECT action FROM journal") == [("note.written",)]


def test_listeners_are_told_in_the_order_of_the_journal_and_only_of_what_was_committed(pad: Pad) -> None:
    calls: list[object] = []
    pad.desk.on(Noted, lambda entry: calls.append((entry.seq, entry.actor, entry.event.word)))
    pad.desk.on_commit(lambda batch: calls.append([entry.seq for entry in batch]))
    for word in ("một", "no", "hai"):
        try:
            pad.desk.by("officer:7").do(write, word)
        except Refused:
            calls.append("refused")
    assert calls == [(1, "officer:7", "một"), [1], "refused", (2, "officer:7", "hai"), [2]]


def test_a_listener_that_names_kinds_hears_only_of_commits_with_one_of_them(pad: Pad) -> None:
    calls: list[str] = []
    pad.desk.on_commit(lambda _batch: calls.append("steps"), ClockStepped)
    pad.desk.on_commit(lambda _batch: calls.append("either"), ClockStepped, Noted)
    pad.desk.on_commit(lambda _batch: calls.append("all"), Event)
    pad.desk.do(write, "một")
    assert calls == ["either", "all"]
    pad.desk.on_commit(lambda _batch: calls.append("later"), Noted)
    pad.desk.do(write, "hai")
    assert calls == ["either", "all", "either", "all", "later"]


def test_what_a_listener_hears_can_be_read_already(pad: Pad) -> None:
    notes: list[list[tuple[int, str]]] = []
    pad.desk.on(Noted, lambda _entry: notes.append(pad.notes()))
    pad.desk.do(write, "một")
    assert notes == [[(1, "một")]]


def test_a_listener_may_not_write_and_the_others_still_hear(pad: Pad, caplog: pytest.LogCaptureFixture) -> None:
    seqs: list[int] = []

    def again(entry: Entry[Event]) -> None:
        pad.desk.do(write, "hai")

    pad.desk.on(Noted, again)
    pad.desk.on(Noted, lambda entry: seqs.append(entry.seq))
    pad.desk.do(write, "một")
    assert "a listener may not write" in caplog.text
    assert seqs == [1]
    assert pad.notes() == [(1, "một")]


def test_a_key_wants_to_know_what_the_answer_is(pad: Pad) -> None:
    with pytest.raises(TypeError, match="a key keeps an answer"):
        pad.desk.by("kiosk:1", Key("credential:1", "a", "b")).do(write, "một")
    assert pad.notes() == []


def test_a_reader_cannot_write(pad: Pad) -> None:
    with pad.desk.read() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("INSERT INTO notes VALUES (1, 'một')")


def test_a_reader_sees_one_moment(pad: Pad) -> None:
    pad.desk.do(write, "một")
    with pad.desk.read() as db:
        before = notes(db)
        pad.desk.do(write, "hai")
        assert notes(db) == before == [(1, "một")]
    assert pad.notes() == [(1, "một"), (2, "hai")]


def test_a_stopped_desk_takes_and_lends_nothing(folder: Path) -> None:
    with opened(folder) as pad:
        pad.desk.stop()
        with pytest.raises(Unavailable, match="stopping"):
            pad.desk.do(write, "một")
        with pytest.raises(Unavailable, match="stopping"), pad.desk.read():
            pass


def test_each_start_has_an_epoch_of_its_own_and_goes_on_with_the_chain(folder: Path) -> None:
    with opened(folder) as pad:
        first = pad.desk.epoch
        pad.desk.do(write, "một")
    with opened(folder) as pad:
        pad.desk.do(write, "hai")
        with pad.desk.read() as db:
            assert find_broken_link(read_rows(db)) is None
        assert (first.split(".")[1], pad.desk.epoch) == ("1", first.split(".")[0] + ".2")
        assert seqs(pad) == [(1, "một"), (2, "hai")]


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(folder: Path) -> None:
    with opened(folder, LATER) as pad:
        pad.desk.do(write, "một")
    before = pad.path.read_bytes()
    with pytest.raises(DatabaseTooNewError, match="unknown steps: later:first") as caught:
        Desk(pad.path, [ROOM], ManualClock(MONDAY), SeededEntropy(1), lambda _db: "UTC")
    assert (caught.value.steps, pad.path.read_bytes()) == (["later:first"], before)
    assert [file.name for file in folder.iterdir()] == ["desk.db"]


def test_eight_threads_leave_no_gap_no_double_and_no_lock_error(pad: Pad) -> None:
    seqs: list[int] = []
    pad.desk.on_commit(lambda batch: seqs.extend(entry.seq for entry in batch))
    errors: list[BaseException] = []
    results: list[int] = []
    start = threading.Barrier(8)

    def work(name: int) -> None:
        start.wait()
        for turn in range(12):
            try:
                results.append(pad.desk.by(f"officer:{name}").do(write, "no" if turn % 4 == 3 else "một"))
                pad.notes()
            except Refused:
                continue
            except BaseException as error:
                errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(results) == list(range(1, 73))
    assert seqs == list(range(1, 73))
    with pad.desk.read() as db:
        assert find_broken_link(read_rows(db)) is None
