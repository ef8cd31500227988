"""What citizens do: take a number, give up, come back, answer the pad, rate from their phone."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from motcua.demo.citizens import GUEST, Citizen, Reply, Turnout
from motcua.demo.floor import DemoFloor, DemoVisit, list_codes
from motcua.demo.founding import AT_SEAT

PAPER = {"done": 985.0, "failed": 10.0, "": 5.0}
"""How tickets come out of the printer; the last: nobody ever hears."""
BOOK_BEFORE_S, BOOK_APART_S, EARLY_S = 1500.0, 10.0, 600.0
"""Times are booked before the hall opens, one after the other; who booked means to come ten minutes early."""
CONTENT = 4
"""From this level on nobody is asked for reasons."""


class Visitors:
    """The day's citizens, each with a ticket sooner or later."""

    def __init__(self, floor: DemoFloor, coming: list[Citizen]) -> None:
        self._floor = floor
        self._booked: dict[Citizen, str] = {}
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
        if visit.citizen is GUEST:
            return
        if reply in {Reply.RATES, Reply.CORRECTS}:
            floor.schedule(read_s, lambda: self._rate(visit, counter, level))
        if reply is Reply.CORRECTS:
            floor.schedule(read_s + 4, lambda: self._rate(visit, counter, min(5, level + 1)))
        if reply is Reply.SKIPS:
            floor.schedule(read_s, lambda: self._say(counter, "skip", visit))
        if reply in {Reply.IGNORES, Reply.BY_PHONE}:
            floor.schedule(floor.document.settings.rating.window_s + 3, floor.tick)
        if reply is Reply.BY_PHONE:
            floor.schedule(floor.chance.draw_between(5, 40) * 60, lambda: self._rate_by_phone(visit, level))

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
        self._floor.press("ratings", token, level=level, channel="pad", visit=visit.id, reasons=self._reasons(level))

    def _say(self, counter: int, event: str, visit: DemoVisit) -> None:
        """Let the pad of `counter` tell the desk."""
        self._floor.pads[counter].say(event, {"visit": visit.id, "key": self._floor.chance.make_key()})

    def _rate_by_phone(self, visit: DemoVisit, level: int) -> None:
        comment = {"comment": visit.citizen.comment} if visit.citizen.comment else {}
        self._floor.press(
            "ratings", None, level=level, channel="qr", token=visit.code, reasons=self._reasons(level), **comment
        )
