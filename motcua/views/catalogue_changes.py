"""What a file would change in the catalogue, procedure by procedure."""

from collections.abc import Iterable, Mapping

from motcua.desk.messages import mark, translate_into_each
from motcua.procedures.model import Procedure
from motcua.procedures.rules.versions import compute_digest
from motcua.views.online_filing import ONLINE_LABELS
from motcua.views.procedure_words import Texts, write_fees, write_limits
from motcua.views.shapes import View

_YES_NO = (mark("no"), mark("yes"))


def list_changes(procedures: Iterable[Procedure], offered: Mapping[str, Procedure]) -> list[View]:
    """Return each procedure that would differ from what is offered, with its differences; new ones have all of them."""
    changes: list[View] = []
    for item in procedures:
        before = offered.get(item.code)
        if compute_digest(before) == compute_digest(item):
            continue
        old, new = _write(before) if before else {}, _write(item)
        changes.append(
            {
                "code": item.code,
                "name": item.name,
                "is_new": before is None,
                "differences": [
                    {"label": translate_into_each(label), "before": old.get(label), "after": texts}
                    for label, texts in new.items()
                    if old.get(label, _same("")) != texts
                ],
            }
        )
    return changes


def _write(item: Procedure) -> dict[str, Texts]:
    checklist = item.checklist
    return {
        mark("Everyday name"): _same(item.name),
        mark("Official name"): _same(item.official_name),
        mark("Field"): _same(item.field),
        mark("This ward receives it"): translate_into_each(_YES_NO[item.level == "ward"]),
        mark("Time limits"): write_limits(item.limits),
        mark("Time limit in words"): _same(item.time_limit),
        mark("Fees"): write_fees(item.fees),
        mark("Fee in words"): _same(item.fee),
        mark("Settled on the same day"): translate_into_each(_YES_NO[item.is_immediate]),
        mark("Filed online on the national portal"): translate_into_each(ONLINE_LABELS[item.online]),
        mark("Page of this procedure on the portal"): _same(item.online_page),
        mark("Checklist"): _same("\n".join(paper.name[0] for paper in checklist.items) if checklist else ""),
        mark("Source of the checklist"): _same(checklist.source if checklist else ""),
        mark("Everyday words"): _same("\n".join(item.words)),
    }


def _same(text: str) -> Texts:
    return {"vi": text, "en": text}
