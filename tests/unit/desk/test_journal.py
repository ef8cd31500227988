"""The journal: whoever edits, removes, inserts or moves a row is found out; nobody does so through the desk."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from typing import TypeAlias

import pytest

from motcua.desk import Json, Tx
from motcua.desk.journal import NOTHING_BEFORE, ChainBreak, canonicalise, find_broken_link, hash_row, read_rows
from tests.unit.desk.notes import Pad, write

Row: TypeAlias = dict[str, Json]


def lines(pad: Pad) -> list[Row]:
    for word in ("một", "hai", "ba", "bốn"):
        pad.clock.advance(1)
        pad.desk.by("officer:7").do(write, word)
    with pad.desk.read() as db:
        return list(read_rows(db))


def edit(rows: list[Row]) -> list[Row]:
    return [rows[0], {**rows[1], "data": {"number": 2, "word": "hại"}}, *rows[2:]]


def edit_and_hash_again(rows: list[Row]) -> list[Row]:
    row = {name: value for name, value in rows[1].items() if name not in {"prev", "hash"}}
    row["actor"] = "officer:8"
    return [rows[0], {**row, "prev": rows[0]["hash"], "hash": hash_row(str(rows[0]["hash"]), row)}, *rows[2:]]


def remove(rows: list[Row]) -> list[Row]:
    return [rows[0], *rows[2:]]


def remove_and_number_again(rows: list[Row]) -> list[Row]:
    return [rows[0], *({**row, "seq": number} for number, row in enumerate(rows[2:], start=2))]


def remove_the_first(rows: list[Row]) -> list[Row]:
    return rows[1:]


def insert(rows: list[Row]) -> list[Row]:
    return [rows[0], rows[0], *rows[1:]]


def reorder(rows: list[Row]) -> list[Row]:
    return [rows[0], rows[2], rows[1], rows[3]]


def test_an_untouched_chain_holds(pad: Pad) -> None:
    assert find_broken_link(iter(lines(pad))) is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit, ChainBreak(2, "its content does not match its hash")),
        (edit_and_hash_again, ChainBreak(3, "does not follow the row before it")),
        (remove, ChainBreak(2, "row 2 is missing (row 3 stands in its place)")),
        (remove_and_number_again, ChainBreak(2, "does not follow the row before it")),
        (remove_the_first, ChainBreak(1, "row 1 is missing (row 2 stands in its place)")),
        (insert, ChainBreak(2, "row 2 is missing (row 1 stands in its place)")),
        (reorder, ChainBreak(2, "row 2 is missing (row 3 stands in its place)")),
    ],
)
def test_a_changed_chain_is_found_at_its_first_broken_row(
    pad: Pad, change: Callable[[list[Row]], list[Row]], expected: ChainBreak
) -> None:
    assert find_broken_link(iter(change(lines(pad)))) == expected


@pytest.mark.parametrize("name", ["at", "day", "actor", "action", "subject", "data", "prev", "hash"])
def test_no_field_can_be_changed_unnoticed(pad: Pad, name: str) -> None:
    rows = lines(pad)
    rows[1] = {**rows[1], name: "0" * 64}
    broken = find_broken_link(iter(rows))
    assert broken is not None
    assert broken.seq == 2


def test_a_row_is_hashed_as_the_contract_says(pad: Pad) -> None:
    first, second = lines(pad)[:2]
    assert first["prev"] == NOTHING_BEFORE == "0" * 64
    assert second["prev"] == first["hash"]
    text = (
        '{"action":"note.written","actor":"officer:7","at":"2026-11-23T01:00:01.000Z","data":{"number":1,"word":"một"},'
        '"day":"2026-11-23","seq":1,"subject":"note:1"}'
    )
    assert first["hash"] == hashlib.sha256(f"{'0' * 64}\n{text}".encode()).hexdigest()


def test_the_canonical_form_sorts_keys_and_escapes_nothing_but_what_it_must() -> None:
    value = {"b": [1, True, None], "a": {"z": 'ư"\\\n', "ă": ""}}
    assert canonicalise(value) == '{"a":{"z":"ư\\"\\\\\\n","ă":""},"b":[1,true,null]}'
    assert json.loads(canonicalise(value)) == value


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET actor = 'nobody'",
        "DELETE FROM journal WHERE seq = 2",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "INSERT INTO journal SELECT seq + 5, at, day, actor, action, subject, data, prev, hash FROM journal "
        "WHERE seq = 4",
        "INSERT INTO journal SELECT 0, at, day, actor, action, subject, data, prev, hash FROM journal WHERE seq = 4",
    ],
)
def test_the_table_is_only_added_to_and_only_at_its_end(pad: Pad, sql: str) -> None:
    def tamper(tx: Tx) -> None:
        tx.db.execute(sql)

    before = lines(pad)
    with pytest.raises(sqlite3.IntegrityError, match="the journal is only added to"):
        pad.desk.do(tamper)
    with pad.desk.read() as db:
        assert list(read_rows(db)) == before


@pytest.mark.parametrize("actor", ["officer:7", 'q"\\\n\x1f\x7f\u2028 ă'])
def test_a_row_is_hashed_as_its_canonical_text(pad: Pad, actor: str) -> None:
    pad.desk.by(actor).do(write, 'một "hai"\n\\ \u2028')
    with pad.desk.read() as db:
        row = list(read_rows(db))[-1]
    fields = {name: value for name, value in row.items() if name not in {"prev", "hash"}}
    assert (fields["actor"], row["hash"]) == (actor, hash_row(str(row["prev"]), fields))
