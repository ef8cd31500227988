"""What a citizen looked up before taking the number, as the officer sees it."""

from motcua.desk import Reader
from motcua.procedures.rules.situations import list_papers
from motcua.procedures.store import find_procedure
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.typed.situation import write_situation
from motcua.views.procedures import name_procedure
from motcua.views.shapes import View, both

NAME_MAX, ADDED_NAME_MAX = 120, 60
"""How much of a name the counter reads; that of an added matter is short, so that a change stays under 4 KiB."""


def describe_matter(db: Reader, ticket: Ticket) -> View | None:
    """Return what the citizen with `ticket` looked up; None where nothing was.

    `ticks` has a `1` for each paper that the citizen has, a `0` for each other, in the order of the checklist. The
    papers' names are in the checklist's own answer, so that a change of the stream stays small.
    """
    matter = queue_store.find_matter(db, ticket.id)
    if matter is None:
        return None
    choices = dict(matter.choices)
    procedure = find_procedure(db, matter.procedure, ticket.day)
    checklist = procedure.checklist if procedure else None
    papers = [item.code for item in list_papers(checklist, choices)] if checklist else []
    name = name_procedure(procedure) if procedure else both((matter.procedure, matter.procedure))
    return {
        "procedure": matter.procedure,
        "name": {language: text[:NAME_MAX] for language, text in name.items()},
        "situation": write_situation(choices),
        "ticks": "".join("1" if code in matter.papers else "0" for code in papers),
    }


def list_added_matters(db: Reader, ticket: Ticket) -> list[View]:
    """Return what officers added to what the visit is about."""
    matters = []
    for code in queue_store.list_visit_matters(db, ticket.id):
        procedure = find_procedure(db, code, ticket.day)
        name = name_procedure(procedure) if procedure else both((code, code))
        matters.append(
            {"procedure": code, "name": {language: text[:ADDED_NAME_MAX] for language, text in name.items()}}
        )
    return matters
