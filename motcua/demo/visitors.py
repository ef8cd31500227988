"""What citizens do: take a number, give up, come back, answer the pad, rate from their phone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from motcua.demo.cameras import CamerasOfDay
from motcua.demo.citizens import GUEST, Citizen, Reply, Turnout
from motcua.demo.floor import DemoFloor, DemoVisit, list_codes
from motcua.demo.founding import AT_SEAT
from motcua.feedback.rules import find_next

PAPER = {"done": 985.0, "failed": 10.0, "": 5.0}
"""How tickets come out of the printer; the last: nobody ever hears."""
BOOK_BEFORE_S, BOOK_APART_S, EARLY_S = 1500.0, 10.0, 600.0
"""Times are booked before the hall opens, one after the other; who booked means to come ten minutes early."""
KEYPAD_COUNTER = 2
"""Its citizens press a rating keypad."""
RATED_BY_STAFF = 12
"""After so many visits of a day somebody of the desk opens a ticket's page to rate: that is set aside."""
CONTENT = 4
"""From this level on nobody is asked for reasons."""


class Visitors:
    """The day's citizens, each with a ticket sooner or later."""

    def __init__(self, floor: DemoFloor, cameras: CamerasOfDay, coming: list[Citizen]) -> None:
        self._floor, self._cameras = floor, cameras
        self._booked: dict[Citizen, str] = {}
        self._ended = 0
        self._later: dict[Reply, Callable[[DemoVisit, int, int], None]] = {
            Reply.BY_PHONE: self._rate_by_phone,
            Reply.BY_COUNTER_CODE: self._rate_by_counter_code,
            Reply.ABOUT_COUNTER: self._rate_counter,
            Reply.BY_SLIP: self._type_slip,
            Reply.BY_FORM: self._answer_form,
        }
        began = min((citizen.touches_s for citizen in coming), default=0.0)
        for place, citizen in enumerate(citizen for citizen in coming if citizen.books):
            floor.agenda.schedule_at(
                floor.compute_moment(began - BOOK_BEFORE_S + place * BOOK_APART_S),
                partial(floor.attempt, partial(self._book, citizen, place)),
            )
        for citizen in coming:
            floor.agenda.schedule_at(
                floor.compute_moment(citizen.touches_s), partial(floor.attempt, partial(self._take, citizen))
            )

    def _book(self, citizen: Citizen, place: int) -> None:
        """Book the free time nearest to when the citizen means to come; where none is left they come without."""
        floor = self._floor
        query = urlencode({"service": citizen.service, "day": floor.day.isoformat()})
        arrives_at = floor.compute_moment(citizen.touches_s + EARLY_S)
        free = [slot["at"] for slot in floor.api.get(f"/api/v1/bookings/slots?{query}", None)["slots"] if slot["left"]]
        if free:
            nearest = min(free, key=lambda at: abs((datetime.fromisoformat(at) - arrives_at).total_seconds()))
            booking = (
                floor.press("bookings", None, service=citizen.service, slot_at=nearest, phone=f"09{place:08d}") or {}
            )
            self._booked[citizen] = booking["code"]

    def _take(self, citizen: Citizen) -> None:
        floor = self._floor
        request = {"service": citizen.service}
        if citizen.priority is not None:
            request["priority"] = citizen.priority
        if citizen in self._booked:
            request["appointment"] = self._booked[citizen]
        if citizen.service == AT_SEAT and floor.document.settings.seats.labels:
            request["seat"] = floor.chance.pick(floor.document.settings.seats.labels)
        ticket = floor.press("tickets", floor.badges.kiosk, **request) or {}
        visit = DemoVisit(
            ticket["id"], ticket["number"], ticket["follow_url"].rsplit("/", 1)[-1], citizen, citizen.service
        )
        floor.visits[visit.id] = visit
        if floor.printer is not None:
            state = floor.chance.pick_weighted(PAPER) or None
            floor.schedule(floor.chance.draw_between(2, 5), partial(floor.printer.report, visit.id, state))
        if citizen.patience_min is not None:
            floor.schedule(citizen.patience_min * 60, lambda: self._give_up(visit))
        floor.wake(visit.service)

    def _give_up(self, visit: DemoVisit) -> None:
        if visit.state == "waiting":
            self._floor.press(f"tickets/{visit.id}/cancel", self._floor.badges.kiosk)
            visit.state = "cancelled"

    def mark_absent(self, visit: DemoVisit) -> None:
        """Let a citizen who was marked absent come back to the kiosk, if they do."""
        visit.state = "absent"
        if visit.citizen.turnout is Turnout.RETURNS:
            self._floor.schedule(visit.citizen.away_min * 60, lambda: self._come_back(visit))

    def _come_back(self, visit: DemoVisit) -> None:
        if visit.state == "absent":
            self._floor.press(f"tickets/{visit.id}/return", self._floor.badges.kiosk)
            visit.state = "waiting"
            self._floor.wake(visit.service)

    def end_visit(self, visit: DemoVisit, counter: int, kindness: float) -> None:
        """Let the pad of `counter` ask, and the citizen answer or not."""
        visit.state = "served"
        self.show_question(visit, counter)
        floor, reply = self._floor, visit.citizen.reply
        level = self._level(visit, kindness)
        read_s = 2.5 + floor.chance.draw_between(2, 16)
        self._cameras.end(visit, counter, level)
        if visit.citizen is GUEST:
            return
        if reply in {Reply.RATES, Reply.CORRECTS}:
            floor.schedule(read_s, lambda: self._rate(visit, counter, level))
        if reply is Reply.CORRECTS:
            floor.schedule(read_s + 4, lambda: self._rate(visit, counter, min(5, level + 1)))
        if reply is Reply.SKIPS:
            floor.schedule(read_s, lambda: self._say(counter, "skip", visit))
        if reply not in {Reply.RATES, Reply.CORRECTS, Reply.SKIPS}:
            floor.schedule(floor.document.settings.rating.window_s + 3, floor.tick)
        later = self._later.get(reply)
        if later is not None:
            floor.schedule(floor.chance.draw_between(5, 40) * 60, lambda: later(visit, counter, level))
        self._ended += 1
        if self._ended == RATED_BY_STAFF:
            floor.schedule(floor.chance.draw_between(5, 20) * 60, lambda: self._rate_as_staff(visit, counter))

    def show_question(self, visit: DemoVisit, counter: int) -> None:
        """Let the pad of `counter` show the question in a moment."""
        floor = self._floor
        floor.schedule(floor.chance.draw_between(0.8, 2.0), lambda: self._say(counter, "shown", visit))

    def _level(self, visit: DemoVisit, kindness: float) -> int:
        """The level the citizen means: the officer's manner moves it now and then."""
        moved = self._floor.chance.share(abs(kindness) / 2)
        return max(1, min(5, visit.citizen.level + (0 if not moved else 1 if kindness > 0 else -1)))

    def _reasons(self, level: int) -> list[str]:
        return (
            [self._floor.chance.pick(list_codes(self._floor.document.settings.rating.reasons))]
            if level < CONTENT
            else []
        )

    def _rate(self, visit: DemoVisit, counter: int, level: int) -> None:
        token = self._floor.badges.pads[counter]
        channel = "keypad" if counter == KEYPAD_COUNTER else "pad"
        self._floor.press("ratings", token, level=level, channel=channel, visit=visit.id, reasons=self._reasons(level))

    def _say(self, counter: int, event: str, visit: DemoVisit) -> None:
        """Let the pad of `counter` tell the desk."""
        self._floor.pads[counter].say(event, {"visit": visit.id, "key": self._floor.chance.make_key()})

    def _rate_by_phone(self, visit: DemoVisit, _counter: int, level: int) -> None:
        comment = {"comment": visit.citizen.comment} if visit.citizen.comment else {}
        self._floor.press(
            "ratings", None, level=level, channel="qr", token=visit.code, reasons=self._reasons(level), **comment
        )

    def _rate_by_counter_code(self, visit: DemoVisit, counter: int, level: int) -> None:
        code = {"number": visit.number, "short_code": self._floor.read_paper(visit.id)}
        reasons = self._reasons(level)
        self._floor.press("ratings", None, level=level, channel="counter_qr", counter=counter, reasons=reasons, **code)

    def _rate_counter(self, _visit: DemoVisit, counter: int, level: int) -> None:
        self._floor.press("ratings", None, level=level, channel="counter_qr", counter=counter)

    def _type_slip(self, visit: DemoVisit, _counter: int, level: int) -> None:
        self._floor.press("ratings", self._floor.badges.leader, level=level, channel="slip", visit=visit.id)

    def _answer_form(self, visit: DemoVisit, _counter: int, level: int) -> None:
        rules, answers = self._floor.document.settings.rating_form, dict[str, str]()
        if visit.service not in rules.services:
            return
        while (question := find_next(answers, rules.questions)) is not None:
            best = level >= CONTENT and self._floor.chance.share(0.8)
            answers[question.code] = (question.answers[0] if best else self._floor.chance.pick(question.answers)).code
        self._floor.press("ratings", None, level=level, channel="form", token=visit.code, answers=answers)

    def _rate_as_staff(self, visit: DemoVisit, counter: int) -> None:
        officer = self._floor.badges.officers[counter]
        self._floor.press("ratings", officer, level=5, channel="qr", token=visit.code)
