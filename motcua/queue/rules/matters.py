"""What a citizen says to come for must be what the desk offers now. Pure."""

from collections.abc import Collection, Iterable

from motcua.catalogue.model import Service
from motcua.desk.errors import Invalid, Refused, Unknown
from motcua.procedures.model import Procedure
from motcua.procedures.rules.situations import list_papers, list_questions
from motcua.queue.model import TicketMatter

MATTERS_A_VISIT = 5
"""How many matters one visit may be about: as many as it may hold dossiers."""


def require_room(codes: Collection[str], procedure: str) -> None:
    """Raise `Refused("matter.twice" | "matter.full")` unless one more matter can be added to those of a visit."""
    if procedure in codes:
        raise Refused("matter.twice", "This visit has this matter already.")
    if len(codes) >= MATTERS_A_VISIT:
        raise Refused(
            "matter.full", "A visit can have at most %(most)s matters. Take a new number.", most=MATTERS_A_VISIT
        )


def require_there(codes: Collection[str], procedure: str) -> None:
    """Raise `Unknown("matter.unknown")` unless a visit is about `procedure`."""
    if procedure not in codes:
        raise Unknown("matter.unknown", "This visit does not have this matter. Load the page again.")


def require_matter(
    matter: TicketMatter, procedure: Procedure | None, service: Service, services: Iterable[Service]
) -> TicketMatter:
    """Return `matter` in the order of its checklist. Every answer and every paper must be one of the procedure's.

    Raises `Invalid("procedure.unknown" | "procedure.other_service" | "matter.changed")`.
    """
    if procedure is None:
        raise Invalid("procedure.unknown", "There is no procedure %(procedure)s.", procedure=matter.procedure)
    holders = [item.code for item in services if procedure.code in item.procedures]
    if holders and service.code not in holders:
        raise Invalid("procedure.other_service", "Another service handles this procedure.")
    choices = dict(matter.choices)
    checklist = procedure.checklist
    questions = list_questions(checklist, choices) if checklist else ()
    answered = {item.code: choices[item.code] for item in questions if item.code in choices}
    offered = {item.code: {choice.code for choice in item.choices} for item in questions}
    papers = [item.code for item in list_papers(checklist, choices)] if checklist else []
    is_whole = answered == choices and all(choice in offered[code] for code, choice in answered.items())
    if not is_whole or not set(matter.papers) <= set(papers):
        raise Invalid("matter.changed", "The list of papers has changed. Please go through it once more.")
    return TicketMatter(
        procedure.code, tuple(answered.items()), tuple(code for code in papers if code in matter.papers)
    )
