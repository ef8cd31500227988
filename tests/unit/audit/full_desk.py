"""A desk at which everything that the journal knows of has happened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motcua.alerts import actions as alert_actions
from motcua.alerts.model import AlertReading, HelpAnswerer
from motcua.bookings import store as booking_store
from motcua.bookings.events import BookingMade
from motcua.bookings.model import Booking, BookingState
from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Desk, ManualClock, Planned, SeededEntropy, Tx, jobs
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.model.outcomes import DossierFile, DossierOutcome, DossierRow
from motcua.equipment import actions as equipment_actions
from motcua.equipment.model import Binding
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import CameraData, ExpressionReading, RatingRequest
from motcua.filing import actions as filing_actions
from motcua.filing.model import ReportFile
from motcua.queue import actions
from motcua.queue.model import TicketMatter, TicketRequest, find_no_wait
from motcua.settings.model import CallbackRules, CameraRules, DossierRules, DropOffRules, LockerRules, SameDayRules
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource, Viewer
from motcua.work import actions as work_actions
from motcua.work.model import (
    NoteRequest,
    PresenceRequest,
    TaskRequest,
)
from tests.conftest import START
from tests.unit.audit.full_desk_rooms import (
    call_back,
    change_catalogue,
    hand_in_at_night,
    help_people,
    promise,
    propose,
    settle,
    use_locker,
)


def job(tx: Tx) -> None:
    jobs.add_job(tx.db, Planned("printer:1:in", "print", {"n": 1}, 60_000), tx.at, "ticket:x")
    (job,) = jobs.hand_out(tx, "1")
    jobs.finish_job(tx, job.id, "1", "done", None)


def live(folder: Path) -> None:
    """Let everything that the journal knows of happen at a desk."""
    clock = ManualClock(START)
    desk: Desk = open_desk(folder, clock, SeededEntropy(1))
    ward = template.load("ward")
    rules = replace(
        ward.settings,
        camera=CameraRules(is_on=True),
        dossiers=DossierRules(is_on=True),
        dropoffs=DropOffRules(is_on=True),
        lockers=LockerRules(doors=4),
        callbacks=CallbackRules(is_on=True),
        same_day=SameDayRules(monday=True, procedures=("1.000656",)),
    )
    desk.do(setup_actions.apply, replace(ward, settings=rules))
    with desk.read() as db:
        service = setup_actions.get_document(db).counters[0].services[0]
    for name, role in (("admin", Role.ADMIN), ("hoa", Role.OFFICER), ("lan", Role.OFFICER)):
        desk.do(staff_actions.save_account, Account(0, name, name, "", role, None, "hashed", False))
    desk.do(staff_actions.sign_in, 2)
    gone = desk.do(staff_actions.sign_in, 3)
    desk.do(staff_actions.sign_out, gone.credential.id)
    desk.do(staff_actions.add_token, "kiosk", None, "kiosk", None)
    desk.do(staff_actions.add_token, "officer", None, "", "hoa")
    desk.do(staff_actions.revoke_token, desk.do(staff_actions.add_token, "wall", None, "wall", None).credential.id)
    desk.do(staff_actions.offer_pairing, "pad", 1, "")
    dossier = DossierRow(2, DossierOutcome("X-1", "2026-10-05", "2026-10-08", "2026-10-07"), "hoa")
    desk.do(dossier_actions.import_dossiers, DossierFile("2026-10-01", "2026-10-31", "aa", (dossier,)), 1)
    desk.do(
        equipment_actions.declare,
        1,
        [{"name": "may-in", "kind": "printer"}, {"name": "phim", "kind": "keypad", "counters": [1]}],
    )
    desk.do(equipment_actions.bind, Binding(1, (1,), None))
    desk.do(staff_actions.set_pin, 2, "hashed")
    desk.do(staff_actions.set_photo, 2, b"jpeg")
    desk.do(staff_actions.set_photo, 3, b"jpeg")
    desk.do(staff_actions.remove_photo, 3)
    lines: list[dict[str, Any]] = [
        {"what": "printer", "state": "ok", "seen": True, "detail": "x"},
        {"what": "disk", "state": "ok"},
    ]
    desk.do(equipment_actions.record_check, lines)
    new = Account(0, "mai", "mai", "", Role.OFFICER, None, "hashed", disabled=False)
    desk.do(lambda tx: staff_actions.save_account(tx, new, is_start=True))
    desk.do(lambda tx: staff_actions.change_password(tx, "lan", "hashed", is_start=True))
    desk.do(job)
    write(desk)
    for month in ("2026-08", "2026-09", "2026-10"):
        file = ReportFile("camera", month, "vi", f"{month}-01T01:00:00.000Z", True, month.encode())
        desk.do(filing_actions.save_report, file)
    desk.do(filing_actions.erase_reports, "2026-09")
    lead(desk)
    settle(desk)
    help_people(desk)
    call_back(desk)
    change_catalogue(desk)
    desk.do(book)
    serve(desk, clock, service)
    hand_in_at_night(desk, clock)
    use_locker(desk)
    desk.stop()


def book(tx: Tx) -> None:
    booking = Booking(
        0, "ABCD", "certified-copy", "2026-11-25", "2026-11-25T02:00:00.000Z", "", "", "vi", BookingState.BOOKED, tx.at
    )
    tx.emit(
        BookingMade(
            booking=booking_store.add(tx.db, booking), service=booking.service, slot_at=booking.slot_at, day=booking.day
        )
    )


def write(desk: Desk) -> None:
    """Let people write to the unit, and the unit answer."""
    leader = Viewer(1, "admin")
    items = [
        desk.do(suggestion_actions.receive, SuggestionRequest(f"Cần thêm ghế {n}", SuggestionSource.WEB, photo=b"x"))
        for n in range(3)
    ]
    desk.do(suggestion_actions.answer, leader, items[0].id, "Đã thêm ghế.")
    desk.do(suggestion_actions.note_change, leader, items[0].id, "Thêm ghế")
    desk.do(suggestion_actions.rate, items[0].code, 4)
    desk.do(suggestion_actions.assign, leader, items[1].id, 2)
    desk.do(suggestion_actions.ask, leader, items[1].id, "Ở khu nào?")
    desk.do(suggestion_actions.erase, items[2].code)


def lead(desk: Desk) -> None:
    """Let a leader give tasks, write notes and correct hours, and the officer answer."""
    for _turn in range(3):
        desk.do(work_actions.assign_task, TaskRequest(2, "2026-11-25", "Rà soát hồ sơ", 1))
    for number in (1, 2):
        desk.do(work_actions.report_task, 2, number, "Đã xong")
    desk.do(work_actions.return_task, 1, 1, "Còn thiếu", "2026-11-26")
    desk.do(work_actions.accept_task, 2)
    desk.do(work_actions.withdraw_task, 1, 3, "Không cần nữa")
    for _turn in range(2):
        desk.do(work_actions.write_note, NoteRequest(2, "praise", "Rất tận tình", 1))
    desk.do(work_actions.answer_note, 2, 1, "Cảm ơn")
    for counter in (1, None):
        desk.do(work_actions.correct_presence, PresenceRequest(2, "2026-11-23", "07:30", "08:00", counter, "Họp", 1))


def smile(desk: Desk, visit: str, finish: Callable[[], object]) -> None:
    """Let a citizen agree to the camera, and the camera see a smile."""
    desk.do(feedback_actions.show_camera_notice, 1, visit, True)
    desk.do(feedback_actions.answer_consent, 1, visit, "yes", True)
    finish()
    desk.do(feedback_actions.note_expression, ExpressionReading(visit, 71, 90, 30, 40, None, "ab" * 32))
    desk.do(feedback_actions.erase_camera_data, CameraData.SCORES, "2026-11-01")


def look_at_officers(desk: Desk) -> None:
    """Let the head of the unit open the camera's figures by officer twice, and close them once."""
    head = desk.do(staff_actions.save_account, Account(0, "truong", "truong", "", Role.LEADER, None, "hashed", False))
    with desk.read() as db:
        document = setup_actions.get_document(db)
    suggestions = replace(document.settings.suggestions, head="truong")
    desk.do(setup_actions.apply, replace(document, settings=replace(document.settings, suggestions=suggestions)))
    for _turn in range(2):
        desk.do(feedback_actions.open_officer_view, head.id, "Xem lại cách đón tiếp công dân ở các quầy")
        desk.do(feedback_actions.close_officer_view)
    for kind in ("review", "reward"):
        propose(desk, kind, head.id)


def call_for_help(step: Callable[..., None]) -> None:
    reading = AlertReading("queue", "A", 21, 21, 17, {"group": "A"})
    for turn in range(2):
        step(alert_actions.raise_alert, reading)
        step(alert_actions.mark_seen, turn + 1, 1)
        step(alert_actions.clear_alert, turn + 1, 3)
        step(alert_actions.call_help, 1)
        step(alert_actions.answer_help, turn + 1, HelpAnswerer(9, 2))
        step(alert_actions.end_help, turn + 1, "done")


def serve(desk: Desk, clock: ManualClock, service: str) -> None:
    desk.do(actions.open_hall)
    desk.do(counter_actions.open_counter, 1, 2)

    def step(act: Callable[..., object], *arguments: object) -> None:
        clock.advance(30)
        desk.do(act, *arguments)

    for _turn in range(9):
        step(actions.issue, service, None)
    step(actions.take_number, TicketRequest("birth", matter=TicketMatter("1.001193")), find_no_wait)
    step(actions.call_next, 1)
    step(actions.recall, 1)
    step(actions.start, 1)
    promise(desk)
    for procedure in ("1.000656", "1.000894"):
        step(actions.add_visit_matter, 1, procedure)
    step(actions.remove_visit_matter, 1, "1.000656")
    step(actions.note_visit, 1, "Đi cùng con gái")
    with desk.read() as db:
        visits = [row[0] for row in db.execute("SELECT id FROM tickets ORDER BY place")]
    smile(desk, visits[0], lambda: step(actions.finish, 1))
    step(feedback_actions.record_prompt, 1, visits[0])
    step(feedback_actions.rate, RatingRequest(1, "pad", visits[0], None, (), "Cán bộ nói trống không"))
    step(feedback_actions.rate, RatingRequest(4, "qr", visits[0], None))
    call_for_help(step)
    step(feedback_actions.rate, RatingRequest(3, "qr", visits[0], None, by_staff=True, source="0123"))
    step(feedback_actions.rate, RatingRequest(3, "qr", visits[0], None, by_staff=True))
    step(feedback_actions.release, 3, "Công dân tự bấm trên máy của quầy")
    step(feedback_actions.rate_by_number, RatingRequest(2, "counter_qr", None, 1), visits[0][9:], "x")
    answers = {"time": "on_time", "attitude": "poor", "visits": "more", "agencies": "desk"}
    answers |= {"information": "full", "result": "right", "online": "paper"}
    step(feedback_actions.rate, RatingRequest(1, "form", visits[0], None, answers=answers))
    look_at_officers(desk)
    step(feedback_actions.name_typist, 2)
    step(feedback_actions.name_typist, 3)
    step(feedback_actions.remove_typist, 3)
    step(actions.call_next, 1)
    step(actions.finish, 1)
    desk.do(actions.undo, 1, feedback_store.is_rated, feedback_actions.withdraw_end)
    step(actions.hold, 1, "chờ giấy tờ")
    step(actions.call_next, 1)
    step(actions.recall, 1)
    step(actions.mark_absent, 1)
    step(actions.come_back, visits[2])
    step(actions.call_next, 1)
    step(actions.start, 1)
    step(actions.call_next, 1)
    step(actions.start, 1)
    step(actions.cancel, visits[7])
    with desk.read() as db:
        other = next(
            item.services[0] for item in setup_actions.get_document(db).counters if service not in item.services
        )
    step(actions.transfer, 1, other, None)
    step(actions.call_next, 1)
