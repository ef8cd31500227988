"""Idempotency keys: a repeat gives the stored answer and runs nothing."""

import pytest
from sqlite_utils import Database

from motcua.desk import Invalid, Key, Reader, Refused, Tx
from motcua.desk import keys as key_table
from motcua.desk.keys import Answer, write_answer
from motcua.desk.moment import stamp
from tests.unit.desk.notes import MONDAY, Pad, write

KEY = Key("credential:1", "5e8c", "digest of một")


def view(_db: Reader, number: int) -> Answer:
    return 201, {"number": number, "of": [None, True, "ư"]}


def test_the_same_key_gives_the_stored_pair_and_writes_nothing(pad: Pad) -> None:
    first = pad.desk.by("a", KEY).do(write, "một", answer=view)
    head = pad.desk.head
    again = pad.desk.by("a", KEY).do(write, "một", answer=lambda _db, _number: (200, "never"))
    assert first == again == (201, {"number": 1, "of": [None, True, "ư"]})
    assert (pad.desk.head, pad.notes()) == (head, [(1, "một")])


def test_an_answer_is_sent_as_the_text_that_is_kept_and_so_is_its_repeat(pad: Pad) -> None:
    texts = [write_answer(pad.desk.by("a", KEY).do(write, "một", answer=view)).text for _ in range(2)]
    assert [(text,) for text in texts] == pad.one("SELECT body FROM keys") * 2


def test_an_answer_is_made_from_what_the_action_wrote_before_anybody_else_sees_it(pad: Pad) -> None:
    def count(db: Reader, number: int) -> Answer:
        return 200, {"number": number, "notes": db.execute("SELECT count(*) FROM notes").fetchone()[0]}

    first = pad.desk.by("a", KEY).do(write, "một", answer=count)
    pad.desk.do(write, "hai")
    assert first == pad.desk.by("a", KEY).do(write, "một", answer=count) == (200, {"number": 1, "notes": 1})
    assert pad.desk.by("a").do(write, "ba", answer=count) == (200, {"number": 3, "notes": 3})


def test_the_same_key_with_other_content_is_refused(pad: Pad) -> None:
    pad.desk.by("a", KEY).do(write, "một", answer=view)
    with pytest.raises(Invalid) as caught:
        pad.desk.by("a", Key("credential:1", "5e8c", "digest of hai")).do(write, "hai", answer=view)
    assert (caught.value.code, pad.notes()) == ("key.reused", [(1, "một")])


def test_another_callers_key_is_another_key(pad: Pad) -> None:
    pad.desk.by("a", KEY).do(write, "một", answer=view)
    assert pad.desk.by("b", Key("credential:2", "5e8c", "other")).do(write, "hai", answer=view)[1]["number"] == 2


def test_a_refusal_is_not_stored_so_that_it_may_succeed_later(pad: Pad) -> None:
    for _ in range(2):
        with pytest.raises(Refused, match="not written"):
            pad.desk.by("a", KEY).do(write, "no", answer=view)
    assert pad.desk.by("a", KEY).do(write, "một", answer=view) == (201, {"number": 1, "of": [None, True, "ư"]})


@pytest.mark.parametrize(("status", "count"), [(200, 1), (201, 1), (204, 1), (409, 0)])
def test_only_success_is_kept(pad: Pad, status: int, count: int) -> None:
    pad.desk.by("a", KEY).do(write, "một", answer=lambda _db, _number: (status, None))
    assert pad.one("SELECT count(*) FROM keys") == [(count,)]


def test_an_answer_that_cannot_be_made_undoes_the_command(pad: Pad) -> None:
    def broken(_db: Reader, number: int) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pad.desk.by("a", KEY).do(write, "một", answer=broken)
    assert (pad.notes(), pad.desk.head.seq, pad.one("SELECT count(*) FROM keys")) == ([], 0, [(0,)])


def test_keys_are_forgotten_after_seven_days_and_never_enter_the_journal(pad: Pad) -> None:
    def purge(tx: Tx) -> None:
        key_table.purge(tx.db, stamp(pad.clock.now()))

    pad.desk.by("a", KEY).do(write, "một", answer=view)
    pad.clock.advance(7 * 86400)
    pad.desk.do(purge)
    assert pad.desk.by("a", KEY).do(write, "một", answer=view)[1]["number"] == 1
    pad.clock.advance(0.001)
    pad.desk.do(purge)
    assert pad.desk.by("a", KEY).do(write, "một", answer=view)[1]["number"] == 2
    assert pad.one("SELECT count(*) FROM journal WHERE data LIKE '%5e8c%' OR actor LIKE '%credential%'") == [(0,)]


def test_an_upgrade_keeps_every_answer() -> None:
    before = Database(memory=True)
    key_table.create(before)
    for number in range(5):
        key_table.keep_answer(before, Key("credential:1", f"key {number}", "digest"), (200, number), stamp(MONDAY))
    key_table.drop_index(before)
    key_table.move_to_end(before)
    assert [key_table.find_answer(before, Key("credential:1", f"key {number}", "digest")) for number in range(5)] == [
        (200, number) for number in range(5)
    ]
    before.close()
