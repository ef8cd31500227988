"""The board of dossiers, and one dossier with everything that happened and can happen to it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers import store
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import RUNNING_STATES, Dossier
from motcua.dossiers.model.flow import STEP_ROLE_LABELS, Flow
from motcua.dossiers.rules import board
from motcua.dossiers.rules.board import BoardBox
from motcua.dossiers.store import BoardFilter
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.rules import count_working_days
from motcua.staff import store as staff_store
from motcua.views.dossier_lookup import describe_mailing, list_reckoning
from motcua.views.dossiers import describe_applicant, describe_dossier, map_paper_names
from motcua.views.fees import describe_fees
from motcua.views.flow_steps import describe_flow_steps, describe_place, find_usual_holder
from motcua.views.letters import describe_letter
from motcua.views.linked import list_together
from motcua.views.same_day import describe_promise
from motcua.views.shapes import View, both, describe_refusal, format_local, list_choices

PAGE_ROWS = 50
BOX_LABELS = {
    BoardBox.LATE: mark("Late"),
    BoardBox.TODAY: mark("Due today"),
    BoardBox.SOON: mark("Due soon"),
    BoardBox.LATER: mark("Due later"),
    BoardBox.STEP_LATE: mark("Step late"),
    BoardBox.SUPPLEMENT: mark("Waiting for a supplement"),
    BoardBox.FEE: mark("Waiting for payment"),
    BoardBox.READY: mark("Result not fetched"),
}
URGENT = (BoardBox.LATE, BoardBox.TODAY, BoardBox.SOON, BoardBox.LATER)
"""The boxes that are counted by step and officer."""
MOVE_LABELS = {
    "lodged": mark("Dossier handed in"),
    "supplement_asked": mark("Supplement asked for"),
    "supplemented": mark("Supplement handed in"),
    "handed_over": mark("Handed over"),
    "sent_back": mark("Sent back"),
    "fee_demanded": mark("Fee asked for"),
    "fee_paid": mark("Fee paid"),
    "fee_cancelled": mark("Fee cancelled"),
    "fee_returned": mark("Fee given back"),
    "fee_mistaken": mark("Payment entered by mistake"),
    "ready": mark("Result ready"),
    "mailed": mark("Sent by post"),
    "returned": mark("Result handed out"),
    "refused": mark("Dossier refused"),
    "stopped": mark("Settling stopped"),
    "withdrawn": mark("Withdrawn by the applicant"),
    "extended": mark("New day promised"),
    "numbered": mark("Code of the province entered"),
}
NOBODY = "-"
StepCell = tuple[tuple[str, str], int | None, BoardBox]
"""The name of a step in both languages, who has it, and a box."""


class BoardPlace(Struct, frozen=True):
    """A place of the board: a box, its filter, how many rows are skipped, the desk's day and its local moment."""

    box: BoardBox
    which: BoardFilter
    skip: int
    today: str
    now: str


class DeskMoment(Struct, frozen=True):
    """The desk's day and its local moment, `YYYY-MM-DDTHH:MM`."""

    today: str
    now: str


def describe_board(db: Reader, vault: Vault | None, place: BoardPlace) -> View:
    """Return the board: how many are in each box, by step and officer, and the rows of the box that is open."""
    settings = settings_store.get_settings(db)
    ranges = board.list_ranges(place.today, board.find_soon_until(settings, date.fromisoformat(place.today)))
    totals: Counter[BoardBox] = Counter()
    cells: Counter[StepCell] = Counter()
    names, flows, late_steps = staff_store.list_full_names(db), store.list_flows(db), board.find_late_steps(place.now)
    for group in store.list_board_groups(db, place.which):
        if (box := board.find_box(group, ranges)) is not None:
            totals[box] += group.count
            if box in URGENT:
                cells[flows[group.flow][group.step].name, group.holder, box] += group.count
    totals[BoardBox.STEP_LATE] = store.count_late_steps(db, late_steps, place.which)
    ranges[BoardBox.STEP_LATE] = late_steps
    rows = store.list_of_board(db, ranges[place.box], place.which, PAGE_ROWS + 1, place.skip)
    return {
        "box": place.box.value,
        "boxes": [
            {"code": box.value, "label": translate_into_each(label), "count": totals[box]}
            for box, label in BOX_LABELS.items()
        ],
        "steps": _list_steps(cells, names, flows.values()),
        "rows": [_describe_row(db, vault, dossier, place) for dossier in rows[:PAGE_ROWS]],
        "next_skip": place.skip + PAGE_ROWS if len(rows) > PAGE_ROWS else None,
    }


def _list_steps(cells: Counter[StepCell], names: dict[int, str], flows: Iterable[Flow]) -> list[View]:
    """Return how many are late or due, by the name of the step, in the order of the flows, and by who has them."""
    order = list(dict.fromkeys(step.name for flow in flows for step in flow))
    places = {(name, holder) for name, holder, _box in cells}
    ordered = sorted(places, key=lambda one: (order.index(one[0]), names.get(one[1] or 0, "")))
    return [
        {
            "step": both(name),
            "holder": names.get(holder, NOBODY) if holder is not None else NOBODY,
            "counts": [cells[name, holder, box] for box in URGENT],
        }
        for name, holder in ordered
    ]


def list_step_choices(flows: Iterable[Flow]) -> list[tuple[str, dict[str, str]]]:
    """Return each step that a dossier can be at by its Vietnamese name, with its name in both languages.

    Codes do not tell steps apart: those of two flows may have one code and be something else.
    """
    in_english: dict[str, str] = {}
    for flow in flows:
        for step in flow:
            in_english[step.name[0]] = in_english.get(step.name[0]) or step.name[1]
    return [(name, both((name, english))) for name, english in in_english.items()]


def _describe_row(db: Reader, vault: Vault | None, dossier: Dossier, place: BoardPlace) -> View:
    row = describe_dossier(db, vault, dossier)
    row.update(describe_place(db, dossier, place.now), days_left=count_days_left(db, dossier, place.today))
    return row


def count_days_left(db: Reader, dossier: Dossier, today: str) -> int | None:
    """Return how many working days are left, negative for those that it is late; None while no time runs."""
    if dossier.due_on is None or dossier.state not in RUNNING_STATES:
        return None
    settings = settings_store.get_settings(db)
    left = count_working_days(settings, date.fromisoformat(today), date.fromisoformat(dossier.due_on))
    return min(left, -1) if dossier.due_on < today else left


def describe_dossier_page(
    db: Reader, vault: Vault | None, dossier: Dossier, moment: DeskMoment, content: DossierContent | None = None
) -> View:
    """Return a dossier's page: masked, or whole for who opened it, with why each move can or cannot be made."""
    settings = settings_store.get_settings(db)
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    names = {**map_paper_names(procedure), **(content.names if content else {})}
    people, flow = staff_store.list_full_names(db), store.get_flow(db, dossier.flow)
    return {
        **describe_dossier(db, vault, dossier),
        **describe_place(db, dossier, moment.now),
        "days_left": count_days_left(db, dossier, moment.today),
        "flow": describe_flow_steps(db, dossier, moment.now, people),
        "together": list_together(db, dossier),
        "following": _describe_following(db, dossier, flow),
        "is_electronic": dossier.is_electronic,
        "letter": describe_letter(settings, dossier, flow, moment.today),
        "fees": describe_fees(db, dossier),
        "mailing": describe_mailing(db, dossier.code, settings.timezone),
        "officer": people.get(dossier.officer, NOBODY) if dossier.officer is not None else NOBODY,
        "settled_at": format_local(dossier.settled_at, settings.timezone),
        "returned_at": format_local(dossier.returned_at, settings.timezone),
        "whole": describe_applicant(content.applicant) if content and content.applicant else None,
        "is_opened": content is not None,
        "letters": [
            {"label": translate_into_each(MOVE_LABELS.get(move, MOVE_LABELS["lodged"])), "text": text}
            for move, text in (content.words if content else ())
        ],
        "papers": [
            {
                "name": names.get(paper.code, translate_into_each(mark("Another paper"))["vi"]),
                "originals": paper.originals,
                "copies": paper.copies,
                "from_data": paper.from_data,
                "is_scanned": paper.is_scanned,
            }
            for paper in dossier.papers
        ],
        "asked": [{"code": code, "name": names.get(code, code)} for code in dossier.missing],
        "absent": [
            {"code": code, "name": name}
            for code, name in names.items()
            if code not in {paper.code for paper in dossier.papers}
        ],
        "reckoning": list_reckoning(settings, dossier),
        "promise": describe_promise(db, settings, dossier),
        "history": _list_history(db, dossier, people),
        "next": {move.value: describe_refusal(why) for move, why in board.list_next_moves(dossier, flow).items()},
        "is_begun": dossier.counted_from is not None,
        "reasons": list_choices(settings.dossiers.refusal_reasons),
        "people": [
            {"id": account.id, "name": account.full_name}
            for account in staff_store.list_accounts(db)
            if not account.disabled
        ],
    }


def _describe_following(db: Reader, dossier: Dossier, flow: Flow) -> View | None:
    """Return the step to which it can be handed over with one click, and who usually does it."""
    if dossier.state not in RUNNING_STATES or dossier.step + 1 >= len(flow) - 1:
        return None
    step, accounts = flow[dossier.step + 1], staff_store.list_accounts(db)
    holder = find_usual_holder(step, accounts)
    return {
        "step": dossier.step + 1,
        "name": both(step.name),
        "role": translate_into_each(STEP_ROLE_LABELS[step.role]),
        "holder": holder,
        "holder_name": next((one.full_name for one in accounts if one.id == holder), ""),
    }


def _list_history(db: Reader, dossier: Dossier, people: dict[int, str]) -> list[View]:
    zone, flow = settings_store.get_timezone(db), store.get_flow(db, dossier.flow)
    return [
        {
            "at": format_local(move.at, zone),
            "label": translate_into_each(MOVE_LABELS[move.move]),
            "step": both(flow[move.step].name),
            "holder": people.get(move.holder) if move.holder is not None else None,
            "due_on": move.due_on,
        }
        for move in store.list_dossier_moves(db, dossier.code)
    ]
