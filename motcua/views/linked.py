"""Linked procedures: for who takes in their dossiers, for who keeps the groups, and which dossiers came together."""

from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier
from motcua.dossiers.model.linked import LinkedGroup
from motcua.dossiers.rules.linked import list_common_papers
from motcua.dossiers.store import linked
from motcua.procedures.model import Procedure
from motcua.procedures.store import find_procedure, list_procedures
from motcua.views.shapes import View, both


def list_linked_groups(db: Reader, day: str) -> list[View]:
    """Return the groups that can be taken in on `day`: each of their procedures is offered then.

    `common` has the papers that several of the procedures name alike, each as pairs of procedure and paper.
    """
    offered = list_procedures(db, day)
    return [
        _describe_group(group, [offered[code] for code in group.procedures])
        for group in linked.list_groups(db, day).values()
        if all(code in offered for code in group.procedures)
    ]


def _describe_group(group: LinkedGroup, procedures: list[Procedure]) -> View:
    papers = {item.code: item.checklist.items if item.checklist else () for item in procedures}
    return {
        "code": group.code,
        "name": both(group.name),
        "procedures": [{"code": item.code, "name": item.name} for item in procedures],
        "is_in_turn": group.is_in_turn,
        "common": [[list(pair) for pair in pairs] for pairs in list_common_papers(papers)],
    }


def list_group_rows(db: Reader, day: str) -> list[View]:
    """Return each group that holds on `day`, with the first day of a later version and whether the ward set it."""
    versions = linked.list_group_versions(db)
    of_ward = {one.code for one in versions if one.since <= day}
    later = {one.code: one.since for one in versions if one.since > day}
    offered, groups = list_procedures(db, day), linked.list_groups(db, day)
    upcoming = {one.code: one.group for one in versions if one.code not in groups and one.since > day and one.group}
    return [
        {
            "code": group.code,
            "name": list(group.name),
            "procedures": [
                {"code": code, "name": offered[code].name if code in offered else ""} for code in group.procedures
            ],
            "is_in_turn": group.is_in_turn,
            "is_of_ward": group.code in of_ward or group.code in upcoming,
            "next": later.get(group.code),
        }
        for group in [*groups.values(), *upcoming.values()]
    ]


def list_together(db: Reader, dossier: Dossier) -> list[View]:
    """Return the dossiers with which this one came as linked procedures."""
    return [
        {
            "code": one.code,
            "provincial_code": one.provincial_code,
            "procedure": procedure.name if (procedure := find_procedure(db, one.procedure, one.received_on)) else "",
            "state_label": translate_into_each(DOSSIER_STATE_LABELS[one.state]),
        }
        for one in linked.list_together(db, dossier)
    ]
