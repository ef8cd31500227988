"""What people write to the unit and what its leader does over the weeks before: drawn at first, done day by day."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from motcua.alerts import actions as alert_actions
from motcua.alerts import store as alert_store
from motcua.alerts.model import AlertReading
from motcua.demo.cables import DemoError
from motcua.demo.chance import Chance
from motcua.demo.founding import LEADER
from motcua.demo.past import texts
from motcua.demo.past.acting import CITIZEN, DESK, PastDesk
from motcua.demo.past.dossiers import make_dossiers
from motcua.demo.past.people import Roster
from motcua.demo.past.proposals import PastProposals
from motcua.desk import Json, Reader
from motcua.dossiers import actions as dossier_actions
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.suggestions import actions
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.model import SuggestionRequest, SuggestionSource, Viewer
from motcua.work import actions as work_actions
from motcua.work.model import NoteRequest, PresenceRequest, TaskRequest

PastStep = Callable[[PastDesk], None]
HOUR_S = 3600.0
WEEK = 5
"""Working days in a week."""
TAKES_DAYS = {0: 30.0, 1: 40.0, 2: 15.0, 4: 15.0}
"""After how many working days a suggestion is taken; the last is late."""
ANSWERS_DAYS = {2: 25.0, 4: 30.0, 8: 20.0, 13: 10.0, 18: 15.0}
"""How many working days later it is answered; the last is late, and towards the end it is still open."""
MAY_PUBLISH, IS_RATED, IS_RELEASED, IS_FORGOTTEN = 0.6, 0.5, 0.15, 0.15
GRADES = {5: 40.0, 4: 30.0, 3: 15.0, 2: 10.0, 1: 5.0}
TASK_DAYS = 4
REPORTS_AFTER = {2: 30.0, 3: 30.0, 4: 20.0, 6: 20.0}
"""After how many working days a task is reported; the last is late."""
REVIEWED_MAX = 50
FAULTY = {"printer-1": 50.0, "sign-3": 30.0, "speaker-1": 20.0}
FAULT_MIN = (4, 45)
MINUTE_S = 60


def find_leader(db: Reader) -> int:
    """Return the leader's account. Raises `DemoError`."""
    account = staff_store.find_account(db, LEADER)
    if account is None:
        raise DemoError("the simulated hall has no leader")
    return account.id


class PastPlans:
    """All that is written on the days `working`, by citizens, the leader and officers."""

    def __init__(self, seed: int, working: Sequence[date], roster: Roster, leader: int) -> None:
        self._working, self._roster = working, roster
        self._leader = Viewer(leader, Role.LEADER.value)
        self._seed = seed
        self._chance = Chance(f"{seed} plans")
        self._steps: dict[date, list[tuple[float, PastStep]]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        self._count = 0
        since, begins = working[0], 0
        imported = sum(day < roster.leaves_on for day in working)
        for place, day in enumerate(working):
            if place % WEEK in {0, 2, 3}:
                self._plan_suggestion(place)
            if place % WEEK == 1:
                self._plan_task(place)
                self._plan_note(place)
            if place % WEEK == WEEK - 1:
                self._at(place, 16.2, self._review)
            if place < imported and (place % WEEK == WEEK - 1 or place == imported - 1):
                self._at(place, 16.9, partial(self._import_dossiers, since, working[begins : place + 1]))
                since, begins = day + timedelta(days=1), place + 1
            if place % WEEK in {1, 3}:
                self._plan_fault(place)
            if place % (2 * WEEK) == WEEK - 1:
                self._at(place, 16.4, self._correct_presence)

        for place, hour, step in PastProposals(working, roster, leader).list_steps():
            self._at(place, hour, step)

    def list_steps(self, day: date) -> list[tuple[float, PastStep]]:
        """Return what is done on `day`, each with its moment in seconds after midnight."""
        return self._steps.get(day, [])

    def _at(self, place: int, hour: float, step: PastStep) -> None:
        """Plan a step for the working day `place`; what would come after the last one is left out."""
        if place < len(self._working):
            self._steps[self._working[place]].append((hour * HOUR_S, step))

    # suggestions ------------------------------------------------------------------------------------------------------

    def _plan_suggestion(self, place: int) -> None:
        chance, key = self._chance, self._count
        self._count += 1
        counter = chance.pick([None, *sorted(self._roster.accounts)])
        source = chance.pick([SuggestionSource.WEB, SuggestionSource.PAD, SuggestionSource.TICKET])
        is_open = chance.share(MAY_PUBLISH)
        text, kind = texts.SUGGESTIONS[key % len(texts.SUGGESTIONS)], chance.pick(texts.KINDS)
        request = SuggestionRequest(text, source, kind, counter=counter, may_publish=is_open)
        self._at(place, chance.draw_between(8.0, 16.0), partial(self._receive, key, request))
        taken = place + chance.pick_weighted(TAKES_DAYS)
        self._at(taken, chance.draw_between(16.05, 16.15), partial(self._take, key))
        answered = taken + chance.pick_weighted(ANSWERS_DAYS)
        words, grade = chance.pick(texts.ANSWERS), chance.pick_weighted(GRADES)
        self._at(answered, chance.draw_between(8.5, 11.0), partial(self._answer, key, words, is_open))
        if chance.share(IS_RATED):
            self._at(answered, chance.draw_between(13.0, 15.5), partial(self._grade, key, grade))

    def _receive(self, key: int, request: SuggestionRequest, desk: PastDesk) -> None:
        self._numbers[key] = desk.do(CITIZEN, actions.receive, request).id

    def _take(self, key: int, desk: PastDesk) -> None:
        desk.do(self._leader_actor, actions.take, self._leader, self._numbers[key])

    def _answer(self, key: int, words: str, is_open: bool, desk: PastDesk) -> None:
        number = self._numbers[key]
        desk.do(self._leader_actor, actions.answer, self._leader, number, words)
        if is_open:
            desk.do(self._leader_actor, actions.publish, self._leader, number, True)
            desk.do(self._leader_actor, actions.note_change, self._leader, number, texts.CHANGE)

    def _grade(self, key: int, grade: int, desk: PastDesk) -> None:
        item = suggestion_store.get(desk.db, self._numbers[key])
        desk.do(CITIZEN, actions.rate, item.code, grade)

    @property
    def _leader_actor(self) -> str:
        return f"{self._leader.role}:{self._leader.account}"

    # the leader's work with officers ----------------------------------------------------------------------------------

    def _plan_task(self, place: int) -> None:
        chance, key = self._chance, self._count
        self._count += 1
        if place + TASK_DAYS >= len(self._working):
            return
        officer = chance.pick(sorted(self._roster.accounts.values()))
        due = self._working[place + TASK_DAYS].isoformat()
        request = TaskRequest(officer, due, chance.pick(texts.TASKS), self._leader.account)
        self._at(place, 8.2, partial(self._assign, key, request))
        if chance.share(IS_FORGOTTEN):
            return
        reported = place + chance.pick_weighted(REPORTS_AFTER)
        self._at(reported, 15.1, partial(self._report, key, officer))
        self._at(reported + 1, 9.1, partial(self._accept, key))

    def _assign(self, key: int, request: TaskRequest, desk: PastDesk) -> None:
        self._numbers[key] = desk.do(self._leader_actor, work_actions.assign_task, request).id

    def _report(self, key: int, officer: int, desk: PastDesk) -> None:
        desk.do(f"officer:{officer}", work_actions.report_task, officer, self._numbers[key], texts.REPORTED)

    def _accept(self, key: int, desk: PastDesk) -> None:
        desk.do(self._leader_actor, work_actions.accept_task, self._numbers[key])

    def _plan_note(self, place: int) -> None:
        chance, key = self._chance, self._count
        self._count += 1
        officer = chance.pick(sorted(self._roster.accounts.values()))
        kind, words = chance.pick(texts.NOTES)
        request = NoteRequest(officer, kind, words, self._leader.account)
        self._at(place, 16.6, partial(self._write_note, key, request))
        if chance.share(IS_RATED):
            self._at(place + 1, 16.8, partial(self._answer_note, key, officer))

    def _write_note(self, key: int, request: NoteRequest, desk: PastDesk) -> None:
        self._numbers[key] = desk.do(self._leader_actor, work_actions.write_note, request).id

    def _answer_note(self, key: int, officer: int, desk: PastDesk) -> None:
        desk.do(f"officer:{officer}", work_actions.answer_note, officer, self._numbers[key], texts.NOTE_ANSWER)

    def _correct_presence(self, desk: PastDesk) -> None:
        officer = self._chance.pick(sorted(self._roster.accounts.values()))
        request = PresenceRequest(officer, desk.day, "10:00", "10:30", None, texts.PRESENCE, self._leader.account)
        desk.do(self._leader_actor, work_actions.correct_presence, request)

    def _import_dossiers(self, since: date, days: Sequence[date], desk: PastDesk) -> None:
        """Import what the province's system says of the week's dossiers."""
        file = make_dossiers(self._seed, since, days, sorted(self._roster.accounts))
        desk.do(self._leader_actor, dossier_actions.import_dossiers, file, self._leader.account)

    def _plan_fault(self, place: int) -> None:
        """Let a device fail for a while: the desk's own alert, which is raised and cleared."""
        device = self._chance.pick_weighted(FAULTY)
        begins, lasts_min = self._chance.draw_between(8.5, 15.5), self._chance.draw_whole(*FAULT_MIN)
        self._at(place, begins, partial(self._raise_fault, device))
        self._at(place, begins + lasts_min / 60, partial(self._clear_fault, device))

    def _raise_fault(self, device: str, desk: PastDesk) -> None:
        limit_s = settings_store.get_settings(desk.db).alerts.device_min * MINUTE_S
        details: dict[str, Json] = {"device": device}
        reading = AlertReading("device", device, limit_s + 1, limit_s + 1, 1, details, MINUTE_S)
        desk.do(DESK, alert_actions.raise_alert, reading)

    def _clear_fault(self, device: str, desk: PastDesk) -> None:
        alert = alert_store.find_open_alert(desk.db, "device", device)
        if alert is not None:
            desk.do(DESK, alert_actions.clear_alert, alert.id, 0)

    def _review(self, desk: PastDesk) -> None:
        """Decide on the ratings that were set aside in the week, but for the newest one."""
        for item in feedback_store.list_quarantined(desk.db, REVIEWED_MAX, decided=False)[1:]:
            is_released = self._chance.share(IS_RELEASED)
            decide = feedback_actions.release if is_released else feedback_actions.confirm
            words = texts.RELEASED if is_released else texts.CONFIRMED
            desk.do(self._leader_actor, decide, item.rating.id, words)
