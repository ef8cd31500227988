"""A desk folder from before there were proposals opens, keeps what it has, and takes proposals."""

from pathlib import Path

import pytest

from motcua.desk import Desk, ManualClock, SeededEntropy
from motcua.desk.database import Room
from motcua.settings import store as settings_store
from motcua.setup.rooms import ROOMS
from motcua.work import actions, store
from motcua.work.model import NoteRequest, ProposalRequest
from tests.conftest import START, Hall, set_up
from tests.unit.work.conftest import Team


def open_with(folder: Path, rooms: list[Room]) -> Desk:
    return Desk(folder / "desk.db", rooms, ManualClock(START), SeededEntropy(1), settings_store.get_timezone)


@pytest.mark.thorough
def test_a_folder_from_before_opens_and_takes_proposals(tmp_path: Path) -> None:
    before = [Room("work", room.steps[:1]) if room.name == "work" else room for room in ROOMS]
    desk = open_with(tmp_path, before)
    desk.do(set_up)
    team = Team(Hall(desk, ManualClock(START), tmp_path))
    desk.do(actions.write_note, NoteRequest(team.hoa, "praise", "Rất tận tình", team.lan))
    desk.stop()

    desk = open_with(tmp_path, list(ROOMS))
    request = ProposalRequest(team.hoa, "reward", "2026-10-01", "2026-10-31", team.lan)
    assert desk.do(actions.propose, request).id == 1
    with desk.read() as db:
        assert [note.officer for note in store.list_notes(db, team.hoa, 9)] == [team.hoa]
        assert [proposal.officer for proposal in store.list_proposals_about(db, team.hoa, 9)] == [team.hoa]
    desk.stop()
