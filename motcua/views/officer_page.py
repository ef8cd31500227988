"""One officer's figures: all of them for leaders, those of full fives for the officer."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.feedback.channels import Channel
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.shrinkage import Shrunk, shrink, weigh_beliefs
from motcua.reports.measures import measure_rate, round_to_tenths
from motcua.reports.officers import own, store, trend
from motcua.reports.officers.figures import get_figures
from motcua.reports.officers.hours_tables import SECOND_MS
from motcua.reports.officers.model import OfficerFigures, Prompts
from motcua.reports.officers.report import map_correction_labels, map_pause_labels
from motcua.reports.officers.tables import count_per_hour, write_rate, write_shrunk
from motcua.reports.shapes import describe_rate
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.suggestions import rules as suggestion_rules
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.model import KIND_LABELS, STATE_LABELS, Suggestion, Viewer
from motcua.views.shapes import View, both

TWO, REMEMBERED = 2, 512
LISTED_MAX = 100
"""So many suggestions are listed; their counts have all of them."""
FEW_OTHERS = mark("too few other officers have ratings here")


def show_officer(db: Reader, officer: int, period: Period, viewer: Viewer, head: int | None) -> View:
    """Return an officer's figures as leaders see them. Raises `Unknown("account.unknown")`."""
    figures = get_figures(db, period, staff_store.get_account(db, officer))
    start = trend.find_trend_start(period.first, period.last)
    days = store.list_days(db, Period(start, period.last), officer)
    items = [
        item
        for item in (suggestion_store.get(db, number) for number in store.list_concerning(db, period, officer))
        if suggestion_rules.can_see(viewer, item, head)
    ]
    reasons = {reason: n for reason, n in store.count_reasons(db, period, officer).items() if n >= own.BLOCK}
    return {
        **_describe(db, figures, figures.prompts, sum_answers(list(figures.answers.values()))),
        "is_own": False,
        "with_quarantined": _rate(figures.with_quarantined),
        "groups": list_groups(db, officer, _map_named(store.map_answers(db, period)), TWO),
        "reasons": describe_reasons(db, reasons),
        **describe_trend(trend.draw_trend(start, period.last, days)),
        "states": count_states(items),
        "suggestions": [
            {
                "id": item.id,
                "kind": KIND_LABELS[item.kind],
                "state": STATE_LABELS[item.state],
                "received_on": item.received_on,
            }
            for item in items[:LISTED_MAX]
        ],
    }


def show_own(db: Reader, officer: int, period: Period) -> View:
    """Return the figures that an officer sees of the own work. Ratings are those of full fives and no others.

    Raises `Unknown("account.unknown")`.
    """
    figures = get_figures(db, period, staff_store.get_account(db, officer))
    start = trend.find_trend_start(period.first, period.last)
    blocks = store.list_blocks(db, int(start[: own.YEAR]), int(period.last[: own.YEAR]))
    chosen = own.choose_blocks(blocks, period.first, period.last)
    blocks_of_officer = [block for block in chosen if block.officer == officer]
    drawn = [block for block in own.choose_blocks(blocks, start, period.last) if block.officer == officer]
    prompts = figures.prompts
    shown_prompts = Prompts(
        own.round_to_block(prompts.asked),
        own.round_to_block(prompts.answered),
        own.round_to_block(prompts.skipped),
        own.round_to_block(prompts.unprompted),
        own.round_to_block(prompts.quarantined),
        own.count_channels(blocks_of_officer),
        own.round_to_block(prompts.confirmed),
    )
    items = (suggestion_store.get(db, number) for number in store.list_concerning(db, period, officer))
    return {
        **_describe(db, figures, shown_prompts, sum_answers([block.answers for block in blocks_of_officer])),
        "is_own": True,
        "with_quarantined": None,
        "groups": list_groups(db, officer, own.sum_blocks(chosen), own.COMPARED_LEAST),
        "reasons": describe_reasons(db, own.count_named(blocks_of_officer)),
        **describe_trend(trend.draw_trend(start, period.last, trend.list_block_days(drawn))),
        "states": count_states(item for item in items if not item.kind.is_restricted),
        "suggestions": [],
    }


def _describe(db: Reader, figures: OfficerFigures, prompts: Prompts, answers: Answers) -> View:
    service, presence = figures.service, figures.presence
    labels, correction_labels = map_pause_labels(db), map_correction_labels(db)
    return {
        "officer": figures.officer,
        "name": figures.name,
        "has_left": figures.has_left,
        "work": {
            "served": service.served,
            "present_s": presence.present_ms / SECOND_MS,
            "recorded_s": presence.recorded_ms / SECOND_MS,
            "service_s": service.service_ms / SECOND_MS,
            "calling_s": service.calling_ms / SECOND_MS,
            "idle_s": figures.idle_ms / SECOND_MS,
            "paused_s": sum(presence.paused_ms.values()) / SECOND_MS,
            "median_service_s": None if service.median_ms is None else service.median_ms / SECOND_MS,
            "served_per_hour": count_per_hour(service.served, presence.present_ms),
            "ratings_per_hour": count_per_hour(prompts.counted, presence.present_ms),
        },
        "pauses": [
            {"label": labels.get(reason, both((reason, reason))), "paused_s": lasted_ms / SECOND_MS}
            for reason, lasted_ms in presence.paused_ms.items()
        ],
        "corrections": [
            {
                "label": correction_labels.get(code, both((code, code))),
                "count": total.count,
                "added_s": total.added_ms / SECOND_MS,
                "removed_s": total.removed_ms / SECOND_MS,
            }
            for code, total in presence.corrections.items()
        ],
        "prompts": {
            name: getattr(prompts, name)
            for name in ("asked", "answered", "skipped", "unprompted", "quarantined", "confirmed", "counted")
        },
        "channels": [
            {"label": channel.label, "count": count}
            for channel in Channel
            if (count := prompts.channels.get(channel.value, 0))
        ],
        "satisfaction": _rate(answers),
    }


def _map_named(answers: Mapping[int | None, dict[str, Answers]]) -> dict[int, dict[str, Answers]]:
    """Return the answers of those who were signed in."""
    return {officer: groups for officer, groups in answers.items() if officer is not None}


def _rate(answers: Answers) -> View | None:
    return describe_rate(measure_rate(answers.satisfied, answers.n)) if answers.n else None


def list_groups(
    db: Reader, officer: int, everybody: Mapping[int, Mapping[str, Answers]], least_officers: int
) -> list[View]:
    """Return the officer's rate in each group of services: as it is, and drawn to the mean of all.

    The latter needs the answers of at least `least_officers`.
    """
    names = {group.letter: both(group.name) for group in catalogue_store.list_groups(db)}
    rows = []
    for letter, answers in sorted(everybody.get(officer, {}).items()):
        others = [groups[letter] for groups in everybody.values() if letter in groups and groups[letter].n]
        shrunk = _shrink_among(answers, tuple(others)) if len(others) >= least_officers else None
        rows.append(
            {
                "letter": letter,
                "name": names.get(letter, both((letter, letter))),
                "n": answers.n,
                "raw": write_rate(answers),
                "shrunk": write_shrunk(shrunk),
                "state": None if shrunk else FEW_OTHERS,
            }
        )
    return rows


@lru_cache(maxsize=REMEMBERED)
def _shrink_among(answers: Answers, others: tuple[Answers, ...]) -> Shrunk:
    """Return the rate of `answers`, which are among `others`, drawn to the mean."""
    return shrink(answers, weigh_beliefs(others))


def describe_reasons(db: Reader, counts: Mapping[str, int]) -> list[View]:
    """Return reasons with their labels; one that is no longer in the settings keeps its code."""
    labels = {choice.code: both(choice.label) for choice in settings_store.get_settings(db).rating.reasons}
    return [{"label": labels.get(code, both((code, code))), "count": count} for code, count in counts.items()]


def describe_trend(drawn: trend.Trend) -> View:
    """Return the weeks for the chart and its table, from the first with answers on: rates and limits in tenths of a
    percent.
    """
    chart = drawn.chart
    begin = next((place for place, point in enumerate(chart.points) if point.answers.n), 0)
    return {
        "mean_tenths": None if chart.mean is None else round_to_tenths(chart.mean),
        "weeks": [
            {
                "monday": monday,
                "n": point.answers.n,
                "rate": write_rate(point.answers)[0],
                "low": None if point.limits is None else round_to_tenths(point.limits.low),
                "high": None if point.limits is None else round_to_tenths(point.limits.high),
                "signal": point.signal.value if point.signal else None,
            }
            for monday, point in zip(drawn.mondays[begin:], chart.points[begin:], strict=True)
        ],
    }


def count_states(items: Iterable[Suggestion]) -> list[View]:
    """Return how many suggestions are in each state that any of them is in."""
    counts: dict[str, int] = {}
    for item in items:
        label = STATE_LABELS[item.state]
        counts[label] = counts.get(label, 0) + 1
    return [{"label": label, "count": count} for label, count in counts.items()]
