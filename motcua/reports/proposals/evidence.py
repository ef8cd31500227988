"""Everything that the desk knows about one officer over some days, for people who decide on a proposal.

The officer reads the same, so ratings are those of full fives, and no appeal or denunciation is counted.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader, get_local_day, parse
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.weeks import Chart, ChartPoint
from motcua.reports.measures import measure_rate
from motcua.reports.officers import own, trend
from motcua.reports.officers import store as officer_store
from motcua.reports.officers.figures import list_figures, write_name
from motcua.reports.officers.model import OfficerFigures, Presence, Prompts, ServiceTime
from motcua.reports.proposals.groups import describe_group
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.suggestions import store as suggestion_store
from motcua.work import rules
from motcua.work import store as work_store
from motcua.work.model import (
    Evidence,
    GroupEvidence,
    NamedCount,
    NoteReference,
    ProposalTerms,
    RatingEvidence,
    WorkEvidence,
)

SECOND_MS = 1000
NOTES_MAX = 1000
"""So many of an officer's newest notes are looked through for those of the period."""


def collect_evidence(db: Reader, officer: int, period: Period, today: str) -> Evidence:
    """Return the evidence as it is now. Raises `Unknown("account.unknown")`."""
    account = staff_store.get_account(db, officer)
    settings = settings_store.get_settings(db)
    name = write_name(account, officer)
    nothing = OfficerFigures(officer, name, account.disabled, ServiceTime(), Presence(), Prompts(), {}, Answers(0, 0))
    figures = next((one for one in list_figures(db, period) if one.officer == officer), nothing)
    terms = make_terms(settings)
    return Evidence(
        officer=officer,
        name=name,
        title=account.title,
        first=period.first,
        last=period.last,
        terms=terms,
        work=_collect_work(db, figures, period, (today, settings.timezone)),
        ratings=_collect_ratings(db, figures, period, settings, terms),
    )


def make_terms(settings: Settings) -> ProposalTerms:
    """Return the unit's rules of today."""
    chosen = settings.proposals
    return ProposalTerms(
        chosen.basis,
        chosen.since,
        chosen.reliability_percent,
        chosen.inner_tenths,
        chosen.outer_tenths,
        chosen.officers_least,
        chosen.response_percent,
    )


def _collect_work(db: Reader, figures: OfficerFigures, period: Period, now: tuple[str, str]) -> WorkEvidence:
    today, timezone = now
    officer = figures.officer or 0
    service, presence = figures.service, figures.presence
    notes = [
        NoteReference(note.id, day, note.kind, note.answer is not None)
        for note in work_store.list_notes(db, officer, NOTES_MAX)
        if period.first <= (day := get_local_day(parse(note.written_at), timezone)) <= period.last
    ]
    return WorkEvidence(
        served=service.served,
        present_s=presence.present_ms // SECOND_MS,
        service_s=service.service_ms // SECOND_MS,
        median_service_s=None if service.median_ms is None else service.median_ms // SECOND_MS,
        tasks=rules.count_tasks(work_store.list_assigned(db, officer, period.first, period.last), today),
        notes=tuple(sorted(notes, key=lambda note: note.number)),
        corrections=len(work_store.list_corrections(db, officer, period.first, period.last)),
        suggestions=_count_suggestions(db, period, officer),
    )


def _count_suggestions(db: Reader, period: Period, officer: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for number in officer_store.list_concerning(db, period, officer):
        item = suggestion_store.get(db, number)
        if not item.kind.is_restricted:
            counts[item.state.value] = counts.get(item.state.value, 0) + 1
    return counts


def _collect_ratings(
    db: Reader, figures: OfficerFigures, period: Period, settings: Settings, terms: ProposalTerms
) -> RatingEvidence:
    officer = figures.officer or 0
    start = trend.find_trend_start(period.first, period.last)
    years = f"{start[: own.YEAR]}-01-01", f"{period.last[: own.YEAR]}-12-31"
    blocks = own.cut_blocks(officer_store.list_entries(db, *years))
    chosen = own.choose_blocks(blocks, period.first, period.last)
    of_officer = [block for block in chosen if block.officer == officer]
    drawn = [block for block in own.choose_blocks(blocks, start, period.last) if block.officer == officer]
    answers = sum_answers([block.answers for block in of_officer])
    rate = measure_rate(answers.satisfied, answers.n) if answers.n else None
    weeks_drawn = trend.draw_trend(start, period.last, trend.list_block_days(drawn))
    weeks = _list_weeks(weeks_drawn, period)
    labels = {choice.code: choice.label for choice in settings.rating.reasons}
    prompts = figures.prompts
    return RatingEvidence(
        asked=own.round_to_block(prompts.asked),
        answered=own.round_to_block(prompts.answered),
        skipped=own.round_to_block(prompts.skipped),
        unprompted=own.round_to_block(prompts.unprompted),
        set_aside=own.round_to_block(prompts.quarantined),
        channels=own.count_channels(of_officer),
        n=answers.n,
        satisfied=answers.satisfied,
        raw=None if rate is None else (rate.percent_tenths, rate.low_tenths, rate.high_tenths),
        groups=_list_groups(db, officer, chosen, terms),
        reasons=tuple(
            NamedCount(_fill(labels.get(code, (code, code))), count)
            for code, count in own.count_named(of_officer).items()
        ),
        weeks=sum(bool(week.answers.n) for week in weeks),
        weeks_low=_count_signals(weeks_drawn.chart, weeks, is_low=True),
        weeks_high=_count_signals(weeks_drawn.chart, weeks, is_low=False),
    )


def _list_groups(
    db: Reader, officer: int, blocks: Sequence[own.RatingBlock], terms: ProposalTerms
) -> tuple[GroupEvidence, ...]:
    names = {group.letter: group.name for group in catalogue_store.list_groups(db)}
    everybody = own.sum_blocks(blocks)
    return tuple(
        describe_group(
            letter,
            _fill(names.get(letter, (letter, letter))),
            officer,
            {number: groups[letter] for number, groups in everybody.items() if letter in groups},
            terms,
        )
        for letter in sorted(everybody.get(officer, {}))
    )


def _list_weeks(drawn: trend.Trend, period: Period) -> list[ChartPoint]:
    """Return the weeks that have a day of the period."""
    monday = date.fromisoformat(period.first)
    since = (monday - timedelta(days=monday.weekday())).isoformat()
    return [point for day, point in zip(drawn.mondays, drawn.chart.points, strict=True) if day >= since]


def _count_signals(chart: Chart, weeks: Sequence[ChartPoint], *, is_low: bool) -> int:
    mean = chart.mean or 0.0
    rates = [week.answers.satisfied / week.answers.n for week in weeks if week.signal is not None]
    return sum(rate < mean if is_low else rate > mean for rate in rates)


def _fill(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0], pair[1] or pair[0]
