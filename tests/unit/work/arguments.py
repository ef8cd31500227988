"""Evidence about an officer as tests need it: a group of services with a place on the funnel, and what else counts."""

from motcua.copies import replace
from motcua.work.model import (
    Evidence,
    FunnelPlace,
    GroupEvidence,
    NoteKind,
    NoteReference,
    ProposalTerms,
    RatingEvidence,
    TaskCounts,
    WorkEvidence,
)

TERMS = ProposalTerms("Quy chế 12/QC-UBND", "2026-01-01", 70, 950, 998, 3, 20)
NO_TASKS = TaskCounts(0, 0, 0, 0, 0)


def make_group(place: FunnelPlace | None, letter: str = "A", missing: int | None = 0, n: int = 200) -> GroupEvidence:
    group = GroupEvidence(
        letter, ("Chứng thực", "Certification"), n, n // 2, (500, 431, 569), (520, 450, 590), 3, missing
    )
    if place is None:
        return group
    return replace(group, mean=900, inner=(855, 940), outer=(830, 960), place=place)


def make_evidence(
    *groups: GroupEvidence,
    officer: int = 2,
    terms: ProposalTerms = TERMS,
    tasks: TaskCounts = NO_TASKS,
    notes: tuple[NoteKind, ...] = (),
    asked: int = 400,
    answered: int = 200,
    set_aside: int = 0,
    weeks: tuple[int, int] = (0, 0),
) -> Evidence:
    n = sum(group.n for group in groups)
    return Evidence(
        officer=officer,
        name="Phạm Hoa",
        title="Cán bộ",
        first="2026-10-01",
        last="2026-10-31",
        terms=terms,
        work=WorkEvidence(
            served=410,
            present_s=500_000,
            service_s=200_000,
            median_service_s=400,
            tasks=tasks,
            notes=tuple(NoteReference(number, "2026-10-05", kind, False) for number, kind in enumerate(notes, 1)),
            corrections=0,
            suggestions={"answered": 1},
        ),
        ratings=RatingEvidence(
            asked=asked,
            answered=answered,
            skipped=asked - answered,
            unprompted=0,
            set_aside=set_aside,
            channels={"pad": n},
            n=n,
            satisfied=n // 2,
            raw=(500, 431, 569) if n else None,
            groups=groups,
            reasons=(),
            weeks=4 if n else 0,
            weeks_low=weeks[0],
            weeks_high=weeks[1],
        ),
    )
