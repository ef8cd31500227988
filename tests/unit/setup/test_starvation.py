"""What is refused truly starves somebody: its witness waits with the real policy. What is accepted starves nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.counters.model import Counter, CounterState
from motcua.desk import stamp
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import fairness, policy
from motcua.settings.model import QueueRules
from motcua.setup import starvation
from motcua.setup.document import Document, build, to_plain
from motcua.setup.mistakes import Mistakes
from motcua.setup.starvation import Plan, Starving

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
GROUP_OF = {"copy": "A", "signature": "A", "birth": "H", "land": "D"}
DAYS = {"monday": ((450, 690), (780, 1020)), "saturday": ((450, 690),), "sunday": ()}
HOURS = ((), (), ((450, 690),), ((780, 1020),), ((450, 1080),), ((450, 690), (780, 1020)), ((780, 1080),))
"""The hall's hours on Monday; longer; mornings only; afternoons only, which on Saturday begin after the day has
ended."""


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan; about half of them are accepted."""
    codes = list(GROUP_OF)
    names = st.lists(st.sampled_from([*codes, *"AHD"]), max_size=2, unique=True).map(tuple)
    counters = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        served = tuple(codes) if draw(st.booleans()) else tuple(draw(st.lists(st.sampled_from(codes), unique=True)))
        prefer = draw(names) if draw(st.booleans()) else ()
        must = draw(names)[:1] if draw(st.integers(0, 3)) == 0 else ()
        counters.append(
            Counter(number, "", served, CounterState.OPEN, prefer=prefer, must=must, hours=draw(st.sampled_from(HOURS)))
        )
    ranks = {1: "first", 4: "ordinary"} if draw(st.booleans()) else {4: "ordinary"}
    return Plan(
        tuple(counters), GROUP_OF, DAYS, ranks, draw(st.integers(0, 2)), draw(st.booleans()), draw(st.booleans())
    )


@dataclass
class Day:
    """A day under `plan` on which one ticket waits and others come as they please."""

    plan: Plan
    witness: Starving

    def __post_init__(self) -> None:
        self.lanes = self.plan.list_lanes()
        self.rules = QueueRules(guard_calls=self.plan.guard_calls)
        self.left_at = {counter.number: "" for counter in self.lanes}
        self.minute = self.witness.minute
        self.places = count(1)
        service = self.witness.service or next(iter(GROUP_OF))
        self.ticket = self.taken(service, self.witness.rank or max(self.plan.ranks))
        if self.witness.kind == "bound":
            self.ticket = self.ticket._replace(
                bound=self.lanes[self.witness.counter or 0].number, bound_at=self.ticket.issued_at
            )
        self.waiting = [self.ticket]

    def taken(self, service: str, rank: int, *, returned: bool = False) -> WaitingTicket:
        place, at = next(self.places), stamp(MIDNIGHT + timedelta(minutes=self.minute))
        return WaitingTicket(
            f"t{place}", "", GROUP_OF[service], service, rank, None, place, at, returned, None, None, at
        )

    def open_now(self) -> list[Counter]:
        """Return the counters that are open at this minute; those without hours are until everybody is served."""
        return [
            one for one in self.lanes if not one.hours or any(start <= self.minute < end for start, end in one.hours)
        ]

    def call(self, number: int) -> WaitingTicket | None:
        at = next(index for index, lane in enumerate(self.lanes) if lane.number == number)
        now = stamp(MIDNIGHT + timedelta(minutes=self.minute))
        choice = policy.choose(self.waiting, self.lanes[at], self.left_at, self.rules, now)
        if choice is None:
            return None
        self.waiting.remove(choice.ticket)
        self.lanes[at] = replace(self.lanes[at], passes=choice.passes)
        return choice.ticket

    def push_back(self, counter: Counter) -> bool:
        """Let somebody come who is called before the ticket at `counter`, if the settings let anybody; say whether
        it is called by that.
        """
        mine, ordinary = self.ticket, self.ticket.rank
        if not policy.can_call(counter, mine, self.left_at):
            return False
        if counter.services and min(self.plan.ranks) < ordinary:
            self.waiting.append(self.taken(counter.services[0], min(self.plan.ranks)))
        elif starvation.is_second_choice(counter, mine.service):
            self.waiting.append(self.taken(counter.prefer[0], ordinary))
        else:
            return self.bring_back(counter)
        return False

    def bring_back(self, counter: Counter) -> bool:
        """Let somebody be called elsewhere, be absent and come back to where `counter` may call them, if that can
        be.
        """
        found = starvation.list_returning(
            self.plan, self.lanes, counter, self.ticket.service, self.witness.day, self.minute
        )
        if self.ticket.bound is not None and self.plan.returns:
            found = [
                (code, one)
                for one in self.lanes
                if one.number != counter.number
                for code in one.services
                if code in counter.services
            ]
        if not found or any(other.returned and other.service in counter.services for other in self.waiting):
            return False
        service, elsewhere = found[0]
        guest = self.taken(service, self.ticket.rank)
        self.waiting.append(guest)
        while guest in self.waiting:
            if self.call(elsewhere.number) == self.ticket:
                return True
        self.waiting.append(guest._replace(returned=True))
        return False

    def is_called(self, rounds: int) -> bool:
        """Say whether the ticket is called although others keep coming; each minute every open counter calls."""
        hours = self.plan.days[self.witness.day]
        end = min(max(end for _, end in hours) + self.plan.close_after_min, self.plan.latest_min)
        while self.minute < end and rounds:
            for counter in self.open_now():
                if self.push_back(counter) or self.call(counter.number) == self.ticket:
                    return True
            self.minute, rounds = self.minute + 1, rounds - 1
        return False


@pytest.mark.thorough
@given(plans())
@settings(max_examples=120, deadline=None)
def test_each_refusal_comes_with_a_ticket_that_is_never_called(plan: Plan) -> None:
    for starving in starvation.find(plan):
        assert not Day(plan, starving).is_called(rounds=1440 if starving.kind in {"unserved", "hours"} else 45)


def moments(hours: starvation.Hours) -> list[int]:
    return [minute for start, end in hours for minute in (start, end - 1)]


@pytest.mark.thorough
@given(plans())
@settings(max_examples=60, deadline=None)
def test_under_what_is_accepted_everybody_is_called_the_same_day_whoever_keeps_coming(plan: Plan) -> None:
    if starvation.find(plan):
        return
    lanes = plan.list_lanes()
    rank = max(plan.ranks)
    for day, hours in plan.days.items():
        for service in GROUP_OF:
            for minute in moments(hours):
                after = [lane for lane in lanes if service in lane.services and plan.is_open(lane, day, minute)]
                assert after, (service, day, minute)
    # where no counter goes home, the guard alone has to see to it
    around = replace(
        plan, counters=tuple(replace(counter, hours=()) for counter in plan.counters), days={"monday": ((0, 1440),)}
    )
    if starvation.find(around):
        return
    for service in GROUP_OF:
        callers = [lane.number for lane in around.list_lanes() if service in lane.services]
        most = fairness.count_calls_at_most(0, len(callers), plan.guard_calls)
        waits = Day(around, Starving("accepted", service, rank, None, "monday", 0))
        waits.minute = 30
        assert waits.is_called(rounds=most + 1)


@pytest.mark.parametrize("wanted", ["unserved", "hours", "guard", "lane", "returns", "bound", None])
def test_each_kind_of_refusal_and_what_is_accepted_are_among_the_plans(wanted: str | None) -> None:
    both = Counter(1, "", tuple(GROUP_OF))
    plan = Plan((both,), GROUP_OF, DAYS, {4: "ordinary"}, 0)
    changed = {
        "unserved": replace(plan, counters=(replace(both, services=("copy", "signature", "birth")),)),
        "hours": replace(plan, counters=(replace(both, hours=((450, 690),)),)),
        "guard": replace(plan, ranks={1: "first", 4: "ordinary"}),
        "lane": replace(plan, counters=(replace(both, prefer=("A", "birth")),)),
        "returns": replace(plan, counters=(both, Counter(2, "", ("copy",))), binds=False),
        "bound": replace(plan, counters=(both, replace(both, number=2))),
        None: plan,
    }
    found = starvation.find(changed[wanted])
    assert {item.kind for item in found} == ({wanted} if wanted else set())
    assert [Day(changed[wanted], item).is_called(rounds=45) for item in found] == [False] * len(found)


def test_what_each_refusal_names() -> None:
    both = Counter(1, "", tuple(GROUP_OF))
    assert starvation.find(Plan((both,), GROUP_OF, DAYS, {1: "first", 4: "ordinary"}, 0)) == [
        Starving("guard", None, 4, None, "monday", 450)
    ]
    morning = replace(both, hours=((450, 690),))
    land = replace(both, number=2, services=("land",), must=("land",), hours=((780, 1020),))
    assert starvation.find(Plan((both, land), GROUP_OF, DAYS, {4: ""}, 2)) == [
        Starving("hours", "land", None, 1, "saturday", 689)
    ]
    assert starvation.find(
        Plan((morning, replace(both, number=2, services=("land",))), GROUP_OF, DAYS, {4: ""}, 2)
    ) == [Starving("hours", service, None, 0, "monday", 1019) for service in ("copy", "signature", "birth")]
    must = replace(both, number=2, services=("copy",), must=("A",))
    assert starvation.find(Plan((both, must), GROUP_OF, DAYS, {4: ""}, 2)) == [
        Starving("unserved", "signature", None, 1, "monday", 1019)
    ]


def test_a_day_that_ends_before_a_counter_opens_has_not_that_counter() -> None:
    afternoon = Counter(1, "", tuple(GROUP_OF), hours=((780, 1020),))
    monday = {"monday": DAYS["monday"]}
    assert starvation.find(Plan((afternoon,), GROUP_OF, monday, {4: ""}, 2)) == []
    late = Plan((afternoon,), GROUP_OF, {"saturday": DAYS["saturday"]}, {4: ""}, 2)
    assert [item.kind for item in starvation.find(late)] == ["hours"] * 4
    assert starvation.find(replace(late, close_after_min=91)) == []


def told(ward: Document, **changes: object) -> list[str]:
    """Return what is said about the ward with `changes` put into its plain form: `queue__guard_calls`,
    `counters__4__must`.
    """
    raw = to_plain(ward)
    for path, value in changes.items():
        *way, last = (int(part) if part.isdigit() else part for part in path.split("__"))
        at = raw
        for part in way:
            at = at[part]  # type: ignore[index]
        at[last] = value  # type: ignore[index]
    try:
        build(raw)
    except Mistakes as error:
        return [str(item) for item in error.mistakes]
    return []


def test_the_ward_is_told_which_class_would_starve_and_which_setting_does_it(ward: Document) -> None:
    assert told(ward, queue__guard_calls=0) == [
        "queue.guard_calls: Without a guard, “Không thuộc diện ưu tiên” could wait forever, because others "
        "who are called earlier keep coming."
    ]
    assert told(ward, counters__4__hours=["07:30-11:30"])[0] == (
        "counters[4].hours: Tickets of “Đăng ký, xóa thường trú” taken at 16:59 (hours.monday) would wait for "
        "ever: no counter that may"
        " call them is open after that."
    )
    after = "taken at 16:59 (hours.monday) would wait for ever: no counter that may call them is open after that."
    assert told(ward, counters__5__must=["result-pickup"], counters__5__hours=["07:30-11:30", "13:00-16:30"]) == [
        f"counters[5].hours: Tickets of “Đất đai, giấy chứng nhận” {after}",
        f"counters[5].hours: Tickets of “Giấy phép xây dựng” {after}",
        f"counters[5].hours: Tickets of “Hộ kinh doanh” {after}",
        f"counters[5].must: Tickets of “Nhận kết quả” {after}",
        f"counters[5].hours: Tickets of “Khiếu nại, tố cáo, bồi thường” {after}",
    ]
    assert told(ward, counters__2__must=["A"]) == [
        f"counters[2].must: Tickets of “{name}” would wait for ever: they must be called at counters that do "
        "not serve them."
        for name in ("Chứng thực hợp đồng, giao dịch", "Di chúc, di sản thừa kế")
    ]
    assert told(ward, counters__5__services=["result-pickup"])[:1] == ["services[14]: No counter serves “land”."]


@pytest.mark.thorough
def test_without_priority_and_lanes_a_small_hall_needs_no_guard(ward: Document) -> None:
    raw = to_plain(ward)
    everything = [item["code"] for item in raw["services"]]
    one = {"number": 1, "label": "", "services": everything}
    changes = {"priorities": raw["priorities"][-1:], "counters": [one]}
    assert told(ward, queue__guard_calls=0, **changes) == []
    assert told(ward, queue__guard_calls=0, **{**changes, "counters": [{**one, "prefer": ["A"]}]})[0] == (
        "queue.guard_calls: Without a guard, “Khai sinh” could wait for ever: every counter that may call it "
        "prefers others."
    )
    two = [one, {"number": 2, "label": "", "services": ["certified-copy"]}]
    assert told(ward, queue__guard_calls=0, queue__transfer_binds=False, **{**changes, "counters": two})[0] == (
        "queue.guard_calls: Without a guard, “Chứng thực chữ ký” could wait for ever: others are preferred, or "
        "come back after being absent and are called first."
    )
    alike = {**changes, "counters": [one, {**one, "number": 2}]}
    assert told(ward, queue__guard_calls=0, **alike) == [
        "queue.guard_calls: Without a guard, “Chứng thực bản sao (sao y)” sent on to counter 1 could wait for "
        "ever: others are called"
        " there first."
    ]
    assert told(ward, queue__guard_calls=0, queue__absent_returns=0, **alike) == []
