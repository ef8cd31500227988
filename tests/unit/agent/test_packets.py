"""What the desk sends to its agent is read whole or not at all."""

import json

from motcua.agent.packets import JobPacket, LampsPacket, SignsPacket, read_packet
from motcua.agent.worker import ReceivedJob


def test_what_is_no_job_is_told_from_a_job() -> None:
    whole = {
        "desk": "d1",
        "id": 1,
        "device": "printer:1",
        "kind": "print",
        "payload": {"ticket": "1"},
        "ttl_ms": 30_000,
    }
    packet = read_packet(JobPacket, {**whole, "of_a_later_version": 1})
    assert packet is not None
    assert packet.job == ReceivedJob("d1", 1, "print", {"ticket": "1"}, 30_000, "printer:1")
    wrong: tuple[tuple[str, object], ...] = (("desk", 1), ("id", "1"), ("id", True), ("payload", []), ("ttl_ms", 1.5))
    assert [read_packet(JobPacket, {**whole, name: value}) for name, value in wrong] == [None] * 5
    odd: list[object] = [None, [], {}, json.dumps(whole)]
    assert [read_packet(JobPacket, data) for data in odd] == [None] * 4


def test_what_signs_have_to_show_is_read_whole_or_not_at_all() -> None:
    whole = {"desk": "d1", "order": 7, "signs": [{"counter": 1, "number": None, "state": "idle"}]}
    packet = read_packet(SignsPacket, whole)
    assert packet is not None
    assert packet.states == [{"counter": 1, "number": None, "state": "idle", "order": 7}]
    wrong: tuple[tuple[str, object], ...] = (("order", True), ("order", None), ("signs", None), ("signs", [3]))
    assert [read_packet(SignsPacket, {**whole, name: value}) for name, value in wrong] == [None] * 4


def test_what_lamps_have_to_show_is_read_whole_or_not_at_all() -> None:
    packet = read_packet(LampsPacket, {"desk": "d1", "lamps": [{"counter": 3, "lamp": "help", "later": 1}]})
    assert packet is not None
    assert packet.by_counter == {3: "help"}
    wrong: list[object] = [None, [3], [{"counter": "3", "lamp": "help"}], [{"counter": 3}], {"3": "help"}]
    assert [read_packet(LampsPacket, {"desk": "d1", "lamps": lamps}) for lamps in wrong] == [None] * 5
