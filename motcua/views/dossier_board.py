"""The board of dossiers, and one dossier with everything that happened and can happen to it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers import store
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import DEFAULT_FLOW, RUNNING_STATES, Dossier
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
from motcua.views.letters import describe_letter
from motcua.views.same_day import describe_promise
from motcua.views.shapes import View, describe_refusal, format_local, list_choices

PAGE_ROWS = 50
BOX_LABELS = {
    BoardBox.LATE: mark("Late"),
    BoardBox.TODAY: mark("Due today"),
    BoardBox.SOON: mark("Due soon"),
    BoardBox.LATER: mark("Due later"),
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


@dataclass(frozen=True)
class BoardPlace:
    """A place of the board: a box, its filter, how many rows are skipped, and the desk's day."""

    box: BoardBox
    which: BoardFilter
    skip: int
    today: str


def describe_board(db: Reader, vault: Vault | None, place: BoardPlace) -> View:
    """Return the board: how many are in each box, by step and officer, and the rows of the box that is open."""
    settings = settings_store.get_settings(db)
    ranges = board.list_ranges(place.today, board.find_soon_until(settings, date.fromisoformat(place.today)))
    totals: Counter[BoardBox] = Counter()
    cells: Counter[tuple[int, int | None, BoardBox]] = Counter()
    for group in store.list_board_groups(db, place.which):
        if (box := board.find_box(group, ranges)) is not None:
            totals[box] += group.count
            if box in URGENT:
                cells[group.step, group.holder, box] += group.count
    rows = store.list_of_board(db, ranges[place.box], place.which, PAGE_ROWS + 1, place.skip)
    names = staff_store.list_full_names(db)
    return {
        "box": place.box.value,
        "boxes": [
            {"code": box.value, "label": translate_into_each(label), "count": totals[box]}
            for box, label in BOX_LABELS.items()
        ],
        "steps": _list_steps(cells, names),
        "rows": [_describe_row(db, vault, dossier, place.today) for dossier in rows[:PAGE_ROWS]],
        "next_skip": place.skip + PAGE_ROWS if len(rows) > PAGE_ROWS else None,
    }


def _list_steps(cells: Counter[tuple[int, int | None, BoardBox]], names: dict[int, str]) -> list[View]:
    places = {(step, holder) for step, holder, _box in cells}
    ordered = sorted(places, key=lambda one: (one[0], names.get(one[1] or 0, "")))
    return [
        {
            "step": translate_into_each(DEFAULT_FLOW[step].label),
            "holder": names.get(holder, NOBODY) if holder is not None else NOBODY,
            "counts": [cells[step, holder, box] for box in URGENT],
        }
        for step, holder in ordered
    ]


def _describe_row(db: Reader, vault: Vault | None, dossier: Dossier, today: str) -> View:
    row = describe_dossier(db, vault, dossier)
    row["days_left"] = count_days_left(db, dossier, today)
    return row


def count_days_left(db: Reader, dossier: Dossier, today: str) -> int | None:
    """Return how many working days are left, negative for those that it is late; None while no time runs."""
    if dossier.due_on is None or dossier.state not in RUNNING_STATES:
        return None
    settings = settings_store.get_settings(db)
    left = count_working_days(settings, date.fromisoformat(today), date.fromisoformat(dossier.due_on))
    return min(left, -1) if dossier.due_on < today else left


def describe_dossier_page(
    db: Reader, vault: Vault | None, dossier: Dossier, today: str, content: DossierContent | None = None
) -> View:
    """Return a dossier's page: masked, or whole for who opened it, with why each move can or cannot be made."""
    settings = settings_store.get_settings(db)
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    names = {**map_paper_names(procedure), **(content.names if content else {})}
    people = staff_store.list_full_names(db)
    return {
        **describe_dossier(db, vault, dossier),
        "days_left": count_days_left(db, dossier, today),
        "is_electronic": dossier.is_electronic,
        "letter": describe_letter(settings, dossier, today),
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
        "next": {move.value: describe_refusal(why) for move, why in board.list_next_moves(dossier).items()},
        "is_begun": dossier.counted_from is not None,
        "reasons": list_choices(settings.dossiers.refusal_reasons),
        "people": [
            {"id": account.id, "name": account.full_name}
            for account in staff_store.list_accounts(db)
            if not account.disabled
        ],
    }


def _list_history(db: Reader, dossier: Dossier, people: dict[int, str]) -> list[View]:
    zone = settings_store.get_timezone(db)
    return [
        {
            "at": format_local(move.at, zone),
            "label": translate_into_each(MOVE_LABELS[move.move]),
            "step": translate_into_each(DEFAULT_FLOW[move.step].label),
            "holder": people.get(move.holder) if move.holder is not None else None,
            "due_on": move.due_on,
        }
        for move in store.list_dossier_moves(db, dossier.code)
    ]
