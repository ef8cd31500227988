"""The life of a suggestion: who may do what, what each step leaves, and what is erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from motcua.counters import actions as counter_actions
from motcua.desk import Forbidden, Invalid, Refused, Unknown, texts
from motcua.queue import actions as queue
from motcua.suggestions import actions, store
from motcua.suggestions.events import SuggestionClosed, SuggestionEscalated, SuggestionReceived
from motcua.suggestions.model import MessageKind, Suggestion, SuggestionKind, SuggestionState
from motcua.wiring.deadlines import DeadlineWatch
from motcua.wiring.erasing import purge_photos, purge_texts
from tests.unit.suggestions.conftest import Written

DAY_S = 86_400


def messages(written: Written, item: Suggestion) -> list[tuple[MessageKind, str | None]]:
    with written.desk.read() as db:
        return [(one.kind, texts.find_text(db, one.text)) for one in store.list_messages(db, item.id)]


def text_of(written: Written, commitment: str | None) -> str | None:
    with written.desk.read() as db:
        return texts.find_text(db, commitment)


def test_a_suggestion_is_taken_with_its_deadlines_and_without_its_words_in_the_journal(written: Written) -> None:
    item = written.write("Ghế ít quá.\nGọi 0912345678", contact="Lan, 0912345678", kind="report", may_publish=True)
    assert item.state is SuggestionState.WAITING
    assert (item.received_on, item.kind, item.may_publish) == ("2026-11-23", SuggestionKind.REPORT, True)
    assert text_of(written, item.text) == "Ghế ít quá.\nGọi 0912345678"
    assert text_of(written, item.contact) == "Lan, 0912345678"
    (event,) = written.events
    assert isinstance(event, SuggestionReceived)
    assert (event.take_by, event.supplement_by, event.answer_by) == ("2026-11-26", "2026-11-30", "2026-12-14")
    assert "0912" not in str(event.to_data())
    assert item.code not in str(event.to_data())


def test_a_leader_takes_assigns_asks_and_answers(written: Written) -> None:
    lan, hoa = written.viewer("lan"), written.viewer("hoa")
    item = written.write(may_publish=True)
    written.desk.do(actions.take, lan, item.id)
    written.desk.do(actions.assign, lan, item.id, written.ids["hoa"])
    written.desk.do(actions.ask, hoa, item.id, "Ghế ở khu nào ạ?")
    written.desk.do(actions.supplement, item.code.lower(), "Khu B.")
    written.desk.do(actions.answer, hoa, item.id, "Đã thêm mười ghế.")
    written.desk.do(actions.publish, lan, item.id, True)
    written.desk.do(actions.note_change, lan, item.id, "Thêm mười ghế ở khu B")
    written.desk.do(actions.rate, item.code, 5)
    assert written.kinds == [
        "suggestion.received",
        "suggestion.taken",
        "suggestion.assigned",
        "suggestion.questioned",
        "suggestion.supplemented",
        "suggestion.answered",
        "suggestion.published",
        "suggestion.changed",
        "suggestion.rated",
    ]
    settled = written.now(item)
    assert (settled.state, settled.owner, settled.is_public, settled.rating) == (
        SuggestionState.ANSWERED,
        written.ids["hoa"],
        True,
        5,
    )
    assert messages(written, item) == [
        (MessageKind.QUESTION, "Ghế ở khu nào ạ?"),
        (MessageKind.SUPPLEMENT, "Khu B."),
        (MessageKind.ANSWER, "Đã thêm mười ghế."),
    ]
    with written.desk.read() as db:
        assert [one.id for one in store.list_changed(db, "2026-11-01", "2026-11-30")] == [item.id]
        assert [one.id for one in store.list_public(db, 10)] == [item.id]


def test_it_may_be_refused_or_be_a_duplicate(written: Written) -> None:
    lan = written.viewer("lan")
    first, second, third = written.write(), written.write("Ghế ít quá"), written.write("Tính tiền sai")
    written.desk.do(actions.mark_duplicate, lan, second.id, first.id)
    written.desk.do(actions.refuse, lan, third.id, "Không thuộc thẩm quyền.")
    assert [(event.how, event.original) for event in written.events if isinstance(event, SuggestionClosed)] == [
        ("duplicate", first.id),
        ("refused", None),
    ]
    assert messages(written, third) == [(MessageKind.REFUSAL, "Không thuộc thẩm quyền.")]
    for original in (second.id, first.id, 999):
        with pytest.raises(Refused) as refusal:
            written.desk.do(actions.mark_duplicate, lan, first.id, original)
        assert refusal.value.code == "suggestion.original"


Step = Callable[[Written, Suggestion], Any]
OFFICERS_STEPS: list[Step] = [
    lambda w, item: w.desk.do(actions.take, w.viewer("hoa"), item.id),
    lambda w, item: w.desk.do(actions.assign, w.viewer("hoa"), item.id, w.ids["minh"]),
    lambda w, item: w.desk.do(actions.refuse, w.viewer("hoa"), item.id, "Không"),
    lambda w, item: w.desk.do(actions.classify, w.viewer("hoa"), item.id, "report"),
    lambda w, item: w.desk.do(actions.publish, w.viewer("hoa"), item.id, True),
    lambda w, item: w.desk.do(actions.note_change, w.viewer("hoa"), item.id, "Xong"),
    lambda w, item: w.desk.do(actions.mark_duplicate, w.viewer("hoa"), item.id, 1),
]


@pytest.mark.parametrize("step", OFFICERS_STEPS)
def test_an_officer_sees_what_is_assigned_and_decides_nothing(written: Written, step: Step) -> None:
    item = written.write()
    with pytest.raises(Unknown):
        step(written, item)
    with pytest.raises(Unknown):
        written.desk.do(actions.answer, written.viewer("hoa"), item.id, "Xong")
    written.desk.do(actions.assign, written.viewer("lan"), item.id, written.ids["hoa"])
    with pytest.raises(Forbidden):
        step(written, item)
    with pytest.raises(Unknown):
        written.desk.do(actions.answer, written.viewer("minh"), item.id, "Xong")


def test_the_ticket_of_a_visit_proves_it_and_an_id_alone_does_not(written: Written) -> None:
    written.desk.do(counter_actions.open_counter, 2, written.ids["minh"])
    ticket = written.desk.do(queue.issue, "copy", None).ticket
    written.desk.do(queue.call_next, 2)
    written.desk.do(queue.start, 2)
    by_code, by_id = written.write(ticket=ticket.code), written.write(visit=ticket.id)
    assert (by_code.visit, by_code.is_visit_proven, by_code.concerned) == (ticket.id, True, written.ids["minh"])
    assert (by_id.visit, by_id.is_visit_proven) == (ticket.id, False)


@pytest.mark.parametrize(
    ("request_part", "code"),
    [
        ({"text": "  \u200b\u202e "}, "suggestion.text"),
        ({"text": "a" * 4001}, "suggestion.long"),
        ({"text": "a" * 5_000_000}, "suggestion.long"),
        ({"contact": "x" * 201}, "suggestion.contact"),
        ({"kind": "vote"}, "suggestion.kind"),
        ({"ticket": "AAAAAAAAAAAA"}, "token.unknown"),
        ({"visit": "20261123-A999"}, "visit.unknown"),
        ({"counter": 99}, "counter.unknown"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_stored(written: Written, request_part: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        written.write(**{"text": "Cần thêm ghế", "photo": b"jpeg", **request_part})
    assert refusal.value.code == code
    assert written.events == []
    with written.desk.read() as db:
        counts = [db[name].count for name in ("suggestions", "suggestion_photos", "texts")]
    assert counts == [0, 0, 0]


def test_words_are_kept_clean(written: Written) -> None:
    item = written.write("  Ca\u0301n bo\u0323\u0302 \u202etốt\u202c 😀 \r\n ")
    assert text_of(written, item.text) == "Cán bộ tốt 😀"


def test_nothing_is_taken_while_the_unit_takes_nothing(written: Written) -> None:
    written.rules(is_open=False)
    with pytest.raises(Refused) as refusal:
        written.write()
    written.rules(photos=False)
    with pytest.raises(Refused) as photos:
        written.write(photo=b"jpeg")
    assert (refusal.value.code, photos.value.code) == ("suggestion.off", "suggestion.photos")


def test_only_an_answer_is_rated_and_only_once(written: Written) -> None:
    item = written.write()
    with pytest.raises(Refused) as early:
        written.desk.do(actions.rate, item.code, 5)
    written.desk.do(actions.answer, written.viewer("lan"), item.id, "Xong")
    with pytest.raises(Invalid):
        written.desk.do(actions.rate, item.code, 6)
    written.desk.do(actions.rate, item.code, 2)
    with pytest.raises(Refused) as again:
        written.desk.do(actions.rate, item.code, 5)
    assert (early.value.code, again.value.code) == ("suggestion.unanswered", "suggestion.rated")


def test_an_answer_is_published_only_where_its_sender_agreed(written: Written) -> None:
    lan, item = written.viewer("lan"), written.write()
    with pytest.raises(Refused):
        written.desk.do(actions.publish, lan, item.id, True)
    written.desk.do(actions.answer, lan, item.id, "Xong")
    with pytest.raises(Refused) as refusal:
        written.desk.do(actions.publish, lan, item.id, True)
    assert refusal.value.code == "suggestion.private"


def test_its_sender_erases_every_word_and_the_photo(written: Written) -> None:
    lan, item = written.viewer("lan"), written.write(contact="0912345678", photo=b"jpeg", may_publish=True)
    written.desk.do(actions.ask, lan, item.id, "Ở đâu?")
    written.desk.do(actions.erase, item.code)
    written.desk.do(actions.erase, item.code)
    gone = written.now(item)
    assert (gone.state, gone.is_public, written.kinds.count("suggestion.erased")) == (
        SuggestionState.WITHDRAWN,
        False,
        1,
    )
    assert messages(written, item) == [(MessageKind.QUESTION, None)]
    with written.desk.read() as db:
        assert (db["texts"].count, store.find_photo(db, item.photo)) == (0, None)
    with pytest.raises(Refused):
        written.desk.do(actions.answer, lan, item.id, "Xong")


def test_a_public_answer_leaves_its_page_when_its_sender_erases_it(written: Written) -> None:
    lan, item = written.viewer("lan"), written.write(may_publish=True)
    written.desk.do(actions.answer, lan, item.id, "Xong")
    written.desk.do(actions.publish, lan, item.id, True)
    written.desk.do(actions.erase, item.code)
    with written.desk.read() as db:
        assert store.list_public(db, 10) == []
    assert written.now(item).state is SuggestionState.ANSWERED


def test_words_and_photos_are_erased_when_their_time_is_over(written: Written) -> None:
    item = written.write(photo=b"jpeg")
    for days, count in ((730, 1), (1, 0)):
        written.clock.set(written.clock.now() + timedelta(days=days))
        written.desk.do(purge_texts)
        written.desk.do(purge_photos)
        with written.desk.read() as db:
            assert (db["texts"].count, db["suggestion_photos"].count) == (count, count)
    assert written.now(item).state is SuggestionState.WAITING


def test_what_is_masked_is_opened_by_whoever_acts_and_the_journal_says_so(written: Written) -> None:
    item = written.write()
    written.desk.by("leader:1").do(actions.open_part, written.viewer("lan"), item.id, "contact")
    with pytest.raises(Unknown):
        written.desk.do(actions.open_part, written.viewer("lan"), item.id, "photo")
    assert [event.to_data() for event in written.events[1:]] == [{"suggestion": item.id, "part": "contact"}]


def test_time_reports_each_deadline_once(written: Written) -> None:
    item = written.write()
    watch = DeadlineWatch(written.desk)
    for _day in range(5):
        watch.tick()
        watch.tick()
        written.clock.advance(DAY_S)
    written.desk.do(actions.take, written.viewer("lan"), item.id)
    for _day in range(25):
        watch.tick()
        written.clock.advance(DAY_S)
    escalations = [event for event in written.events if isinstance(event, SuggestionEscalated)]
    assert [(event.deadline, event.stage, event.due) for event in escalations] == [
        ("take", "near", "2026-11-26"),
        ("take", "late", "2026-11-26"),
        ("answer", "near", "2026-12-14"),
        ("answer", "late", "2026-12-14"),
    ]
