"""A call becomes a job for each loudspeaker that it concerns, with the sound that there is; and the clips are made
beside the desk.
"""

import json
from typing import Any

import pytest

from motcua.calls import sounds
from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Desk, Tx
from motcua.equipment import actions as equipment
from motcua.equipment.model import Binding
from motcua.planning.computing import Task
from motcua.queue import actions as queue
from motcua.run.voicing import Voicing
from motcua.settings import store as settings_store
from motcua.settings.model import Voice
from motcua.staff import actions as staff
from motcua.voice import library
from motcua.wiring import voice
from tests.conftest import SETTINGS, Hall

SPEAKERS: list[dict[str, Any]] = [
    {"name": "hall", "kind": "speaker"},
    {"name": "desk-1", "kind": "speaker", "counters": [1]},
    {"name": "desk-2", "kind": "speaker", "counters": [2]},
    {"name": "paper", "kind": "printer"},
]


def choose(tx: Tx, chosen: Voice) -> None:
    settings_store.save(tx.db, replace(SETTINGS, voice=chosen))


def jobs(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    with desk.read() as db:
        return [
            (row[0], json.loads(row[1]))
            for row in db.execute("SELECT device, payload FROM jobs WHERE kind = 'say' ORDER BY id")
        ]


@pytest.fixture
def calling(hall: Hall) -> Hall:
    """Lend the small hall with an agent and its loudspeakers, and somebody waiting."""
    voice.install(hall.desk)
    agent = hall.desk.do(staff.add_token, "agent", None, "", None).credential.id
    hall.desk.do(equipment.declare, agent, SPEAKERS)
    hall.desk.do(equipment.bind, Binding(agent, (1, 2)))
    hall.desk.do(counters.open_counter, 1, None)
    hall.desk.do(queue.issue, "copy", None)
    return hall


def test_without_clips_the_speakers_of_the_hall_and_of_the_counter_ring(calling: Hall) -> None:
    calling.desk.do(queue.call_next, 1)
    found = jobs(calling.desk)
    assert [device.rsplit(":", 1)[1] for device, _payload in found] == ["desk-1", "hall"]
    assert {payload["audio_path"] for _device, payload in found} == {"/voice/chime.wav"}


@pytest.mark.process
def test_with_clips_the_sentence_is_said_as_often_as_the_hall_wants(calling: Hall) -> None:
    calling.desk.do(choose, Voice(repeat=2, chime=False))
    made: list[str] = []

    def compute(task: Task, given: dict[str, Any]) -> dict[str, Any]:
        made.append(task.__module__)
        return library.task(given)

    voicing = Voicing(calling.desk, sounds.get_library(calling.desk), compute)
    assert voicing.is_due()
    voicing.refresh()
    assert not voicing.is_due()
    calling.clock.advance(11)
    assert voicing.is_due()
    voicing.refresh()
    assert made == ["motcua.calls.clips"], "what is complete is not made again"
    ticket = calling.desk.do(queue.call_next, 1).ticket
    calling.desk.do(queue.recall, 1)
    assert ticket is not None
    assert [payload for _device, payload in jobs(calling.desk)][1::2] == [
        {
            "audio_path": f"/voice/{kind}/{ticket.number}/1.wav?times=2&chime=0",
            "sentence": f"{start} công dân có số thứ tự {ticket.letter}, không không một, đến quầy số một.",
            "repeat": 1,
        }
        for kind, start in (("call", "Xin mời"), ("recall", "Xin nhắc lại, mời"))
    ]


def test_a_hall_that_wants_silence_plans_nothing(calling: Hall) -> None:
    calling.desk.do(choose, Voice(is_on=False, chime=False))
    calling.desk.do(queue.call_next, 1)
    assert jobs(calling.desk) == []
