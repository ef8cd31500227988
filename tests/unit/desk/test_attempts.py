"""A group runs without savepoints until one is needed. Nobody can see the difference from one command at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.desk import Key, ManualClock, Refused, SeededEntropy, Tx
from motcua.desk.command import Command
from motcua.desk.journal import find_broken_link, read_rows
from motcua.desk.ledger import Ledger
from tests.unit.desk.notes import MONDAY, ROOM, notes, opened, write

HOUR_S = 3600


def add_note(word: str, tx: Tx) -> int:
    return write(tx, word)


def refuse_early(word: str, tx: Tx) -> int:
    raise Refused("note.early", "The word %(word)s is refused at once.", word=word)


def crash_late(word: str, tx: Tx) -> int:
    write(tx, word)
    raise ZeroDivisionError(word)


def break_a_rule(word: str, tx: Tx) -> int:
    write(tx, word)
    tx.db.execute("INSERT INTO notes VALUES (1, ?)", (word,))
    return tx.db.execute("INSERT INTO notes VALUES (1, ?)", (word,)).rowcount


def break_a_rule_at_once(word: str, tx: Tx) -> int:
    return tx.db.execute("INSERT INTO notes VALUES (NULL, NULL)").rowcount


def add_no(_word: str, tx: Tx) -> int:
    return write(tx, "no")


ACTIONS: list[Callable[[str, Tx], int]] = [
    add_note,
    add_note,
    refuse_early,
    add_no,
    crash_late,
    break_a_rule,
    break_a_rule_at_once,
]


def open_ledger(folder: Path) -> tuple[Ledger, ManualClock]:
    clock = ManualClock(MONDAY)
    ledger = Ledger(folder / "desk.db", [ROOM], clock, SeededEntropy(1))
    ledger.open()
    return ledger, clock


def make_commands(chosen: list[int]) -> list[Command]:
    return [
        Command("a", partial(ACTIONS[kind], str(place)), Key("b", str(place // 2), ""), lambda _db, note: (200, note))
        if place % 3
        else Command("a", partial(ACTIONS[kind], str(place)))
        for place, kind in enumerate(chosen)
    ]


def commit_in(folder: Path, groups: list[list[int]], *, together: bool, step_s: int = 0) -> list[Any]:
    """Return the outcomes of the groups, committed group by group or one command at a time, and all rows."""
    ledger, clock = open_ledger(folder)
    ledger.commit([Command("a", partial(add_note, "first"))])
    clock.step(step_s)
    outcomes = []
    for group in groups:
        commands = make_commands(group)
        parts = [commands] if together else [[command] for command in commands]
        outcomes += [outcome for part in parts for outcome in ledger.commit(part)]
    head = ledger.head
    ledger.close()
    with opened(folder) as pad, pad.desk.read() as db:
        rows = list(read_rows(db))
        assert find_broken_link(iter(rows)) is None
        assert (rows[-1]["seq"], rows[-1]["hash"]) == (head.seq, head.hash)
        stored = notes(db), pad.one("SELECT credential, key, body FROM keys ORDER BY key")
    return [[(each.result, repr(each.error), each.entries) for each in outcomes], rows, stored]


@pytest.mark.thorough
@settings(max_examples=15)
@given(groups=st.lists(st.lists(st.integers(0, len(ACTIONS) - 1), min_size=1, max_size=9), min_size=1, max_size=4))
def test_a_group_does_what_its_commands_do_one_by_one(groups: list[list[int]]) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert commit_in(Path(one), groups, together=True) == commit_in(Path(other), groups, together=False)


@pytest.mark.parametrize("seed", range(8))
def test_a_clock_that_was_set_is_written_down_once_whatever_fails_in_the_group(folder: Path, seed: int) -> None:
    group = Random(seed).choices(range(len(ACTIONS)), k=6)
    outcomes, rows, _stored = commit_in(folder, [group], together=True, step_s=-HOUR_S)
    assert [row["action"] for row in rows].count("clock.stepped") == 1
    assert sum(len(entries) for _result, _error, entries in outcomes) == len(rows) - 1


def test_a_refusal_before_the_first_write_lets_the_others_run_only_once(folder: Path) -> None:
    runs: list[str] = []

    def note(word: str, tx: Tx) -> int:
        runs.append(word)
        return refuse_early(word, tx) if word == "no" else write(tx, word)

    ledger, _clock = open_ledger(folder)
    outcomes = ledger.commit([Command("a", partial(note, word)) for word in ("một", "no", "hai")])
    ledger.close()
    assert (runs, [outcome.result for outcome in outcomes]) == (["một", "no", "hai"], [1, None, 2])
