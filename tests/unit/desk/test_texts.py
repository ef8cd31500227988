"""Erasable texts: the journal keeps a salted commitment only, so erasing leaves the chain whole."""

import hashlib

from motcua.desk import Tx, texts
from motcua.desk.journal import find_broken_link, read_rows
from tests.unit.desk.notes import Noted, Pad


def remember(tx: Tx, body: str, days: int) -> str:
    commitment = tx.keep_text(body, days)
    tx.emit(Noted(1, commitment))
    return commitment


def purge(tx: Tx) -> int:
    return texts.purge(tx.db, tx.day)


def test_the_commitment_is_salted_and_the_text_is_beside_the_journal(pad: Pad) -> None:
    first, second = pad.desk.do(remember, "cảm ơn", 10), pad.desk.do(remember, "cảm ơn", 10)
    salts = {row[0]: row[1] for row in pad.one("SELECT commitment, salt FROM texts")}
    assert first != second
    assert first == hashlib.sha256(f"{salts[first]}cảm ơn".encode()).hexdigest()
    with pad.desk.read() as db:
        assert texts.find_text(db, first) == "cảm ơn"
        assert (texts.find_text(db, None), texts.find_text(db, "0" * 64)) == (None, None)
    assert pad.one("SELECT count(*) FROM journal WHERE data LIKE '%cảm ơn%'") == [(0,)]


def test_a_text_is_erased_after_its_days_and_the_chain_still_holds(pad: Pad) -> None:
    short, long = pad.desk.do(remember, "ngắn", 10), pad.desk.do(remember, "dài", 11)
    pad.clock.advance(10 * 86400)
    assert pad.desk.do(purge) == 0
    pad.clock.advance(86400)
    assert pad.desk.do(purge) == 1
    with pad.desk.read() as db:
        assert (texts.find_text(db, short), texts.find_text(db, long)) == (None, "dài")
        assert find_broken_link(read_rows(db)) is None
