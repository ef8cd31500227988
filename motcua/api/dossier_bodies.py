"""From the bodies of calls about dossiers to the values of their actions, and from dossiers to answers."""

from collections.abc import Callable, Iterable

from motcua.api.shapes.dossiers import NewApplicant, NewDossier, NewLimit, NewPaper
from motcua.api.shapes.linked import NewLinked
from motcua.desk import Invalid, Reader
from motcua.desk.keys import Answer
from motcua.desk.vault import Vault
from motcua.dossiers.model.applicant import Applicant, IntakeRequest, Sex
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel, HandedPaper
from motcua.dossiers.model.linked import MOST as LINKED_MAX
from motcua.dossiers.model.linked import LinkedRequest
from motcua.dossiers.rules.intake import require_limit
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.views.dossiers import describe_dossier


def read_person(body: NewApplicant) -> Applicant:
    """Return an applicant as it was sent; the rules look at it."""
    return Applicant(
        body.name,
        body.number or "",
        body.birth or "",
        Sex(body.sex) if body.sex else None,
        body.address or "",
        body.phone or "",
        body.email or "",
    )


def read_sheets(papers: Iterable[NewPaper]) -> tuple[tuple[HandedPaper, ...], tuple[tuple[str, str], ...]]:
    """Return papers, and the names of those that no checklist has."""
    listed = list(papers)
    return (
        tuple(HandedPaper(one.code, one.originals, one.copies, one.from_data, one.is_scanned) for one in listed),
        tuple((one.code, one.name) for one in listed if one.name is not None),
    )


def read_limit(body: NewLimit) -> TimeLimit:
    """Return a time limit. Raises `Invalid("dossier.limit_unit")`."""
    if body.unit not in set(LimitUnit):
        raise Invalid("dossier.limit_unit", "A time limit is counted in working_days or days, or it is same_day.")
    return TimeLimit(LimitUnit(body.unit), body.count)


def read_intake(body: NewDossier) -> IntakeRequest:
    """Return what an officer entered. Raises `Invalid("dossier.decision" | "dossier.channel" | …)`."""
    if body.decision not in set(DossierState):
        raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
    if body.channel not in set(FilingChannel):
        raise Invalid("dossier.channel", "A dossier is handed in in_person, online, by post or as a drop_off.")
    papers, typed = read_sheets(body.papers)
    return IntakeRequest(
        procedure=body.procedure,
        applicant=read_person(body.applicant),
        decision=DossierState(body.decision),
        channel=FilingChannel(body.channel),
        papers=papers,
        typed=typed,
        choices=tuple(body.choices.items()),
        sets=body.sets,
        limit=read_limit(body.limit) if body.limit else None,
        missing=tuple(body.missing),
        reason=body.reason,
        words=body.words or "",
        dropoff=body.dropoff,
    )


def read_limits_before(text: str) -> list[TimeLimit]:
    """Return limits from `unit:count,unit:count`. Raises `Invalid("dossier.limit_unit" | "dossier.limit_long")`."""
    limits = []
    for pair in filter(None, text.split(",")[:LINKED_MAX]):
        unit, _, count = pair.partition(":")
        limit = read_limit(NewLimit(unit=unit, count=int(count) if count.isascii() and count.isdigit() else -1))
        require_limit(limit)
        limits.append(limit)
    return limits


def read_linked(body: NewLinked) -> LinkedRequest:
    """Return the dossiers that an applicant hands in together. Raises `Invalid("dossier.channel" | …)`."""
    parts = [
        NewDossier(
            procedure=part.procedure,
            applicant=body.applicant,
            channel=body.channel,
            papers=part.papers,
            choices=part.choices,
            sets=part.sets,
            limit=part.limit,
        )
        for part in body.dossiers
    ]
    return LinkedRequest(body.group, read_person(body.applicant), tuple(read_intake(part) for part in parts))


def answer_linked(vault: Vault | None) -> Callable[[Reader, list[Dossier]], Answer]:
    """Return what answers with dossiers that were taken in together, masked."""

    def view(db: Reader, dossiers: list[Dossier]) -> Answer:
        return 201, {"dossiers": [describe_dossier(db, vault, one) for one in dossiers]}

    return view


def answer_dossier(vault: Vault | None, status: int = 200) -> Callable[[Reader, Dossier], Answer]:
    """Return what answers with a dossier. It is masked: answers are kept for some days."""

    def view(db: Reader, dossier: Dossier) -> Answer:
        return status, {"dossier": describe_dossier(db, vault, dossier)}

    return view
