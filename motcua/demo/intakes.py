"""What an officer of the demo enters when somebody hands in a dossier. Pure: the same for the same chance."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.demo.applicants import DemoApplicant
from motcua.demo.chance import Chance
from motcua.dossiers.model.dossier import HandedPaper
from motcua.dossiers.rules.intake import find_missing, find_usual_limit
from motcua.procedures.model import ChecklistItem, Procedure
from motcua.procedures.rules.situations import find_open_question, list_papers

DECISIONS = {"received": 90.0, "supplement": 8.0, "refused": 2.0}
SHARES = {"certified-copy": 0.12, "signature": 0.15, "complaint": 0.3, "other": 0.3}
"""How many of those who come for a service hand in a dossier; most certified copies are made without one."""
USUAL_SHARE = 0.6
COUNTS = {1: 91.0, 2: 7.0, 3: 2.0}
"""How many dossiers one visit has."""
LIMITS = {5: 30.0, 7: 25.0, 10: 30.0, 15: 15.0}
"""Working days that an officer writes where no usual limit is known."""
IS_FROM_DATA = 0.8
SUPPLEMENT = "Đề nghị bổ sung đủ giấy tờ nêu trên và mang theo bản chính để đối chiếu."
REFUSAL = "Đề nghị nộp tại cơ quan có thẩm quyền theo hướng dẫn trong phiếu này."


def draw_count(chance: Chance, service: str) -> int:
    """Return how many dossiers somebody who comes for `service` hands in."""
    return chance.pick_weighted(COUNTS) if chance.share(SHARES.get(service, USUAL_SHARE)) else 0


def draw_intake(
    chance: Chance, procedure: Procedure, applicant: DemoApplicant, reasons: Sequence[str]
) -> dict[str, Any]:
    """Return the body of the call that takes in a dossier; `reasons` are the codes for which one can be refused."""
    decision = chance.pick_weighted(DECISIONS)
    choices = _draw_choices(chance, procedure)
    items = list_papers(procedure.checklist, choices) if procedure.checklist else ()
    papers = [_draw_paper(chance, item) for item in items if item.is_required]
    intake: dict[str, Any] = {
        "procedure": procedure.code, "applicant": applicant.describe(), "decision": decision, "choices": choices,
    }  # fmt: skip
    if decision == "supplement":
        papers = papers[:1] if len(papers) > 1 else []
        handed = [HandedPaper(paper["code"], 1) for paper in papers]
        intake |= {"missing": find_missing(procedure, handed, choices), "words": SUPPLEMENT}
    if decision == "refused":
        intake |= {"reason": chance.pick(reasons), "words": REFUSAL}
    if find_usual_limit(procedure) is None:
        intake["limit"] = _draw_limit(chance, procedure)
    return {**intake, "papers": papers}


def _draw_choices(chance: Chance, procedure: Procedure) -> dict[str, str]:
    choices: dict[str, str] = {}
    while procedure.checklist and (question := find_open_question(procedure.checklist, choices)) is not None:
        choices[question.code] = chance.pick(question.choices).code
    return choices


def _draw_paper(chance: Chance, item: ChecklistItem) -> dict[str, Any]:
    if item.from_data and chance.share(IS_FROM_DATA):
        return {"code": item.code, "from_data": True}
    return {"code": item.code, "originals": 1, "copies": chance.draw_whole(0, 2)}


def _draw_limit(chance: Chance, procedure: Procedure) -> Mapping[str, Any]:
    listed = [limit for limit in procedure.limits if not limit.is_added]
    if listed:
        return {"unit": listed[0].unit.value, "count": listed[0].count}
    return {"unit": "working_days", "count": chance.pick_weighted(LIMITS)}
