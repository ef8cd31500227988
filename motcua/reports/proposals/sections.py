"""Evidence as people read it: one list of sections, so that page and paper have the same figures. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.feedback.channels import Channel
from motcua.reports.values import Phrase
from motcua.reports.wording import NOTHING, Wording
from motcua.suggestions.model import STATE_LABELS as SUGGESTION_STATES
from motcua.work.model import (
    NOTE_LABELS,
    PLACE_LABELS,
    POINTS,
    STRENGTH_LABELS,
    Evidence,
    EvidencePoint,
    GroupEvidence,
    Names,
    NoteReference,
    ProposalTerms,
    Span,
    SpannedRate,
    Weighing,
)

MINUTE_S, HOUR_MIN, MINUTE_TENTH_S = 60, 60, 6
COLUMNS = (
    (mark("Group"), False),
    ("n", True),
    (mark("Satisfied"), True),
    (mark("Drawn to the mean"), True),
    (mark("Mean of the group"), True),
    (mark("Narrow limits"), True),
    (mark("Wide limits"), True),
    (mark("Place"), False),
)
"""The headings of the table of groups, and whether figures stand below them."""


class EvidenceSection(Struct, frozen=True):
    """A part of the evidence: a title, and facts, a table or lines below it. `text` stands above them."""

    id: str
    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    empty: str = ""


def list_sections(evidence: Evidence, weighing: Weighing, wording: Wording) -> list[EvidenceSection]:
    """Return what is laid before people, in the order of the page."""
    say = _Speaker(wording)
    return [
        EvidenceSection(
            "strength",
            say.word(mark("What the ratings say")),
            say.word(STRENGTH_LABELS[weighing.strength]),
            lines=(_write_terms(evidence.terms, say),),
        ),
        EvidenceSection(
            "for",
            say.word(mark("What speaks for it")),
            lines=tuple(say.point(point) for point in weighing.points_for),
            empty=say.word(mark("Nothing in the figures.")),
        ),
        EvidenceSection(
            "against",
            say.word(mark("What speaks against it")),
            lines=tuple(say.point(point) for point in weighing.points_against),
            empty=say.word(mark("Nothing in the figures.")),
        ),
        EvidenceSection(
            "groups",
            say.word(mark("Satisfaction by group of services")),
            columns=tuple((say.word(label), is_figure) for label, is_figure in COLUMNS),
            rows=tuple(_write_group(group, say) for group in evidence.ratings.groups),
            lines=(
                say.word(mark("In brackets: the 95 percent interval.")),
                say.word(
                    mark("Ratings are those of full fives, as on the officer's own page. None of the camera is used.")
                ),
            ),
            empty=say.word(mark("There are not yet five ratings of one group that count.")),
        ),
        EvidenceSection("ratings", say.word(mark("Ratings")), facts=tuple(_list_rating_facts(evidence, say))),
        EvidenceSection("work", say.word(mark("Work")), facts=tuple(_list_work_facts(evidence, say))),
        EvidenceSection(
            "notes",
            say.word(mark("Notes from leaders")),
            lines=tuple(_write_note(note, say) for note in evidence.work.notes),
            empty=say.word(mark("None on these days.")),
        ),
    ]


class _Speaker:
    """Says words, figures and days in a language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def word(self, message: str, **params: object) -> str:
        return self._wording.write_phrase(Phrase(message, params))

    def point(self, point: EvidencePoint) -> str:
        return self.word(POINTS[point.code], **point.params)

    def number(self, value: int) -> str:
        return self._wording.write_number(value)

    def tenths(self, value: int) -> str:
        return self._wording.write_number(value, is_tenths=True)

    def day(self, day: str) -> str:
        return self._wording.write_day(date.fromisoformat(day))

    def pick(self, names: Names) -> str:
        return names[1] if self._wording.language == "en" else names[0]

    def rate(self, rate: SpannedRate | None) -> str:
        if rate is None:
            return NOTHING
        return f"{self.tenths(rate[0])} % ({self.tenths(rate[1])}\N{EN DASH}{self.tenths(rate[2])})"

    def span(self, span: Span | None) -> str:
        return NOTHING if span is None else f"{self.tenths(span[0])}\N{EN DASH}{self.tenths(span[1])} %"

    def hours(self, seconds: int) -> str:
        minutes = seconds // MINUTE_S
        return self.word(mark("%(hours)s h %(minutes)s min"), hours=minutes // HOUR_MIN, minutes=minutes % HOUR_MIN)

    def minutes(self, seconds: int | None) -> str:
        if seconds is None:
            return NOTHING
        return f"{self.tenths((seconds + MINUTE_TENTH_S // 2) // MINUTE_TENTH_S)} {self.word(mark('min'))}"

    def counts(self, counts: Mapping[str, int]) -> str:
        return ", ".join(f"{name}: {self.number(count)}" for name, count in counts.items()) or NOTHING


def _write_terms(terms: ProposalTerms, say: _Speaker) -> str:
    return say.word(
        mark(
            "Compared from a reliability of %(gate)s percent on, with at least %(officers)s officers."
            " Narrow limits: %(inner)s percent; wide limits: %(outer)s percent (exact binomial)."
        ),
        gate=terms.reliability_percent,
        officers=terms.officers_least,
        inner=say.tenths(terms.inner_tenths),
        outer=say.tenths(terms.outer_tenths),
    )


def _write_group(group: GroupEvidence, say: _Speaker) -> tuple[str, ...]:
    place = say.word(PLACE_LABELS[group.place]) if group.place else say.word(mark("not enough data to compare"))
    return (
        f"{group.letter} · {say.pick(group.name)}",
        say.number(group.n),
        say.rate(group.raw),
        say.rate(group.shrunk),
        NOTHING if group.mean is None else f"{say.tenths(group.mean)} %",
        say.span(group.inner),
        say.span(group.outer),
        place,
    )


def _list_rating_facts(evidence: Evidence, say: _Speaker) -> Iterator[tuple[str, str]]:
    ratings = evidence.ratings
    labels = {channel.value: say.word(channel.label) for channel in Channel}
    channels = {labels.get(code, code): count for code, count in ratings.channels.items()}
    yield (
        say.word(mark("Satisfied, of the ratings that count")),
        f"{say.rate(ratings.raw)}, n = {say.number(ratings.n)}",
    )
    yield (
        say.word(mark("Asked, answered, skipped")),
        ", ".join(say.number(count) for count in (ratings.asked, ratings.answered, ratings.skipped)),
    )
    yield say.word(mark("For no visit")), say.number(ratings.unprompted)
    yield say.word(mark("Set aside")), say.number(ratings.set_aside)
    yield say.word(mark("By channel")), say.counts(channels)
    yield (
        say.word(mark("Reasons that citizens gave")),
        say.counts({say.pick(one.name): one.count for one in ratings.reasons}),
    )
    yield (
        say.word(mark("Weeks with ratings, low ones, high ones")),
        ", ".join(say.number(count) for count in (ratings.weeks, ratings.weeks_low, ratings.weeks_high)),
    )


def _list_work_facts(evidence: Evidence, say: _Speaker) -> Iterator[tuple[str, str]]:
    work, tasks = evidence.work, evidence.work.tasks
    yield say.word(mark("Visits served")), say.number(work.served)
    yield say.word(mark("Present at counters")), say.hours(work.present_s)
    yield say.word(mark("of it serving")), say.hours(work.service_s)
    yield say.word(mark("median of a visit")), say.minutes(work.median_service_s)
    yield say.word(mark("Corrections of working hours")), say.number(work.corrections)
    yield (
        say.word(mark("Tasks: done in time, late, overdue, not due yet")),
        ", ".join(say.number(count) for count in (tasks.done_in_time, tasks.done_late, tasks.overdue, tasks.open)),
    )
    states = {say.word(label): work.suggestions.get(state.value, 0) for state, label in SUGGESTION_STATES.items()}
    yield (
        say.word(mark("Suggestions about these visits")),
        say.counts({label: count for label, count in states.items() if count}),
    )


def _write_note(note: NoteReference, say: _Speaker) -> str:
    answer = mark("%(kind)s, note %(number)s of %(day)s, answered")
    silence = mark("%(kind)s, note %(number)s of %(day)s, not answered")
    kind = say.word(NOTE_LABELS[note.kind])
    return say.word(answer if note.is_answered else silence, kind=kind, number=note.number, day=say.day(note.day))
