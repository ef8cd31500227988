import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.smallest_site import build
from bench.smallest_store import PLAN, SmallestStore


def write_plan(tmp_path: Path) -> None:
    plan = {
        "letters": {"copy": "A", "land": "D"},
        "ranks": {"elder75": 1, "ordinary": 4},
        "counters": {"1": ["copy", "land"], "2": ["land"]},
    }
    (tmp_path / PLAN).write_text(json.dumps(plan), encoding="utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallestStore]:
    write_plan(tmp_path)
    with closing(SmallestStore(tmp_path)) as store:
        yield store


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


@pytest.mark.thorough
def test_over_http_a_key_gives_the_same_answer_and_what_it_does_not_know_is_refused(store: SmallestStore) -> None:
    http = build(store)[0].test_client()

    def post(path: str, body: object, key: str) -> tuple[int, str | None]:
        answer = http.post(f"/api/v1/{path}", json=body, headers={"Idempotency-Key": key})
        shown = answer.get_json(force=True) if answer.data else None
        ticket = (shown or {}).get("ticket", shown)
        return answer.status_code, ticket and (ticket.get("number") or ticket["code"])

    asked: tuple[tuple[str, object, str], ...] = (
        ("tickets", {"service": "copy"}, "one"),
        ("tickets", {"service": "copy"}, "one"),
        ("tickets", {"service": "land"}, "one"),
        ("tickets", {"service": "none"}, "two"),
        ("tickets", ["copy"], "two"),
        ("tickets", {"service": ""}, "two"),
        ("tickets", {"service": "copy", "seat": "1"}, "two"),
        ("counters/1/call-next", {}, "three"),
        ("counters/1/call-next", {}, "three"),
        ("counters/1/finish", {}, "four"),
        ("counters/1/call-next", {}, "five"),
        ("counters/7/call-next", {}, "six"),
        ("counters/1/call-next", {"counter": 2}, "seven"),
        ("counters/one/call-next", {}, "seven"),
    )
    assert [post(*request) for request in asked] == [
        (201, "A001"), (201, "A001"), (422, "key.reused"), (422, "service.unknown"), (422, "values.invalid"),
        (422, "values.invalid"), (422, "values.invalid"),
        (200, "A001"), (200, "A001"), (200, "A001"), (204, None), (404, "counter.unknown"),
        (422, "values.invalid"), (422, "values.invalid"),
    ]  # fmt: skip
