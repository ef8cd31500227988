"""The rules that set a rating aside, each a pure function of what happened lately. Thresholds are settings.

A rating that is set aside is kept with the rule's code. Leaders see it, and release or confirm it.
Basis: LEGAL.md#honest-ratings.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.desk.moment import parse
from motcua.feedback.channels import Channel
from motcua.feedback.model import RecentRating, Status
from motcua.settings.model import QuarantineRules

MINUTE_S = 60
LIVE_S = 60
"""A press that is older when it arrives says nothing about the counter as it is now."""


class RatingFacts(Struct, frozen=True):
    """A new rating and what is known around it.

    `status` is what it would be. `recent` are earlier ratings, newest first. `by_staff` says that a device or a hand
    of the desk's own people sent it. `age_s` is how old the press was on arrival, None where nobody knows.
    """

    at: str
    counter: int | None
    channel: Channel
    visit: str | None
    status: Status
    asked_at: str | None = None
    source: str | None = None
    by_staff: bool = False
    is_counter_closed: bool = False
    age_s: float | None = 0.0
    recent: Sequence[RecentRating] = ()


class QuarantineRule(Struct, frozen=True):
    """A named rule. `label` tells leaders why a rating was set aside."""

    code: str
    label: str
    applies: Callable[[RatingFacts, QuarantineRules], bool]


def is_from_staff(facts: RatingFacts, _rules: QuarantineRules) -> bool:
    """Say whether it came from a browser in which somebody of the desk signed in, or the officer typed it."""
    return facts.by_staff


def is_at_closed_counter(facts: RatingFacts, rules: QuarantineRules) -> bool:
    """Say whether a device was pressed at a closed counter, for no visit whose question is still open."""
    is_live = facts.age_s is not None and facts.age_s <= LIVE_S
    return (
        rules.closed_counter
        and facts.channel.implies_asked
        and facts.is_counter_closed
        and is_live
        and facts.status is not Status.COUNTED
    )


def is_burst(facts: RatingFacts, rules: QuarantineRules) -> bool:
    """Say whether this is one of too many presses at one pad within seconds."""
    if not facts.channel.implies_asked or rules.burst_presses == 0:
        return False
    presses = [item for item in _at_pad(facts) if count_seconds(item.at, facts.at) <= rules.burst_s]
    return len(presses) + 1 >= rules.burst_presses


def is_outside_visits(facts: RatingFacts, rules: QuarantineRules) -> bool:
    """Say whether this is one of too many presses at one pad that belong to no visit."""
    if not facts.channel.implies_asked or facts.status is Status.COUNTED or rules.outside_presses == 0:
        return False
    since_s = rules.outside_min * MINUTE_S
    presses = [
        item
        for item in _at_pad(facts)
        if item.status in {Status.UNPROMPTED, Status.QUARANTINED} and count_seconds(item.at, facts.at) <= since_s
    ]
    return len(presses) + 1 >= rules.outside_presses


def is_one_browser(facts: RatingFacts, rules: QuarantineRules) -> bool:
    """Say whether the browser has already rated as many visits as one person may have within a day."""
    if facts.source is None or facts.visit is None or rules.browser_visits == 0:
        return False
    visits = {item.visit for item in facts.recent if item.source == facts.source and item.visit is not None}
    return facts.visit not in visits and len(visits) >= rules.browser_visits


def is_too_quick(facts: RatingFacts, rules: QuarantineRules) -> bool:
    """Say whether so many visits in a row were rated at this pad sooner after the question than anybody reads it."""
    if facts.channel is not Channel.PAD or facts.visit is None or facts.asked_at is None or rules.quick_visits == 0:
        return False
    if count_seconds(facts.asked_at, facts.at) * 1000 >= rules.quick_ms:
        return False
    gaps_ms: dict[str, float] = {}
    for item in _at_pad(facts):  # newest first: a visit's first press is the one that stays
        if item.channel is Channel.PAD and item.visit is not None and item.visit != facts.visit:
            gap_s = count_seconds(item.asked_at, item.at) if item.asked_at is not None else rules.quick_ms
            gaps_ms[item.visit] = gap_s * 1000
    before = list(gaps_ms.values())[: rules.quick_visits - 1]
    return len(before) == rules.quick_visits - 1 and all(gap < rules.quick_ms for gap in before)


RULES = (
    QuarantineRule("staff_device", mark("Sent from a device of the desk's own people"), is_from_staff),
    QuarantineRule("closed_counter", mark("Pressed while the counter was closed"), is_at_closed_counter),
    QuarantineRule("burst", mark("Many presses on one pad within seconds"), is_burst),
    QuarantineRule("outside_visit", mark("Several presses on one pad outside any visit"), is_outside_visits),
    QuarantineRule("one_browser", mark("One browser rated many tickets"), is_one_browser),
    QuarantineRule("too_quick", mark("The pad was pressed too soon after asking, many times"), is_too_quick),
)
"""The first rule that applies gives the reason."""


def find_rule(facts: RatingFacts, rules: QuarantineRules) -> QuarantineRule | None:
    """Return the rule that sets a rating aside, None for a rating that stays as it is."""
    return next((rule for rule in RULES if rule.applies(facts, rules)), None)


def find_label(code: str) -> str:
    """Return a rule's label for people; a code that this program does not have stands for itself."""
    return next((rule.label for rule in RULES if rule.code == code), code)


def count_seconds(earlier: str, later: str) -> float:
    """Return the seconds between two stored times."""
    return (parse(later) - parse(earlier)).total_seconds()


def _at_pad(facts: RatingFacts) -> list[RecentRating]:
    return [item for item in facts.recent if item.channel.implies_asked and item.counter == facts.counter]
