import json
from pathlib import Path

import pytest

from bench.smallest_store import PLAN, SmallestStore


@pytest.fixture
def store(tmp_path: Path) -> SmallestStore:
    plan = {
        "letters": {"copy": "A", "land": "D"},
        "ranks": {"elder75": 1, "ordinary": 4},
        "counters": {"1": ["copy", "land"], "2": ["land"]},
    }
    (tmp_path / PLAN).write_text(json.dumps(plan), encoding="utf-8")
    return SmallestStore(tmp_path)


def take(store: SmallestStore, service: str, priority: str | None = None) -> tuple[str, int]:
    with store.transaction():
        ticket = store.issue(service, priority)
    return ticket["number"], ticket["people_ahead"]


def call(store: SmallestStore, counter: int) -> str | None:
    with store.transaction():
        ticket = store.call_next(counter)
    return None if ticket is None else str(ticket["number"])


def test_numbers_have_no_gap_for_each_letter(store: SmallestStore) -> None:
    assert [take(store, "copy"), take(store, "land"), take(store, "copy")] == [("A001", 0), ("D001", 0), ("A002", 1)]


def test_a_counter_calls_by_rank_and_then_by_arrival_what_it_serves(store: SmallestStore) -> None:
    for service, priority in (("copy", None), ("land", None), ("land", "elder75"), ("copy", None)):
        take(store, service, priority)
    assert [call(store, 2), call(store, 1), call(store, 1), call(store, 2), call(store, 1), call(store, 1)] == [
        "D002", "A001", "D001", None, "A002", None,
    ]  # fmt: skip


def test_a_called_ticket_is_shown_until_its_visit_ends(store: SmallestStore) -> None:
    take(store, "copy")
    call(store, 1)
    assert store.list_called() == [{"number": "A001", "counter": 1}]
    with store.transaction():
        assert store.finish(1)["state"] == "served"  # type: ignore[index]
    assert store.list_called() == []
    with store.transaction():
        assert store.finish(1) is None


def test_what_fails_writes_nothing(store: SmallestStore) -> None:
    def take_both() -> None:
        with store.transaction():
            store.issue("copy", None)
            store.issue("unknown", None)

    with pytest.raises(KeyError):
        take_both()
    assert take(store, "copy") == ("A001", 0)
