"""Notes about officers: who reads and answers them, and what the journal holds of them."""

import pytest

from motcua.desk import Invalid, Refused, Unknown
from motcua.wiring.erasing import purge_texts
from motcua.work import actions, store
from motcua.work.events import NoteWritten
from motcua.work.model import NoteRequest
from tests.unit.work.conftest import DAY_S, Team


def test_a_note_is_answered_once_and_both_have_their_time(team: Team) -> None:
    note = team.note("training", "Cần học thêm về hộ tịch")
    team.clock.advance(DAY_S)
    team.desk.do(actions.answer_note, team.hoa, note.id, "Tôi đã đăng ký lớp")
    with pytest.raises(Refused, match="has been answered"):
        team.desk.do(actions.answer_note, team.hoa, note.id, "Thêm")
    with team.desk.read() as db:
        (stored,) = store.list_notes(db, team.hoa, 9)
        assert store.list_notes(db, team.minh, 9) == []
    assert (stored.written_at[:10], stored.answered_at and stored.answered_at[:10]) == ("2026-11-23", "2026-11-24")
    assert (team.text(stored.text), team.text(stored.answer)) == ("Cần học thêm về hộ tịch", "Tôi đã đăng ký lớp")
    assert team.kinds == ["note.written", "note.answered"]


def test_nobody_answers_a_note_about_somebody_else(team: Team) -> None:
    note = team.note()
    with pytest.raises(Unknown, match="There is no such note"):
        team.desk.do(actions.answer_note, team.minh, note.id, "Cảm ơn")
    assert team.kinds == ["note.written"]


def test_the_journal_has_no_word_of_a_note_and_words_are_erased(team: Team) -> None:
    note = team.note(text="Chị Hoa rất tận tình")
    (event,) = team.events
    assert isinstance(event, NoteWritten)
    assert "Hoa" not in str(event.to_data())
    team.clock.advance(1097 * DAY_S)
    team.desk.do(purge_texts)
    assert team.text(note.text) is None


@pytest.mark.parametrize(
    ("kind", "text", "officer", "code"),
    [
        ("blame", "Chậm", "hoa", "note.kind"),
        ("", "Chậm", "hoa", "note.kind"),
        ("praise", " ", "hoa", "work.words"),
        ("praise", "Tốt", "lan", "work.officer"),
    ],
)
def test_a_note_without_kind_words_or_officer_is_refused(
    team: Team, kind: str, text: str, officer: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        team.desk.do(actions.write_note, NoteRequest(team.ids[officer], kind, text, team.lan))
    assert refusal.value.code == code
    assert team.kinds == []
