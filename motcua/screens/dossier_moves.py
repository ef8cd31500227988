"""What the forms on a dossier's page ask for, as actions."""

from collections.abc import Callable

from flask import request

from motcua.desk import Invalid, Tx
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn, SendBackRequest, SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.rules.board import NextMove
from motcua.dossiers.store import vaults
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.typed.codes import read_figures
from motcua.web.site import Site

NUMBER_DIGITS, TEXT_MAX = 12, 40
Move = Callable[[Tx], Dossier]


def read_move(site: Site, code: str, move: NextMove) -> Move:
    """Return what a form asks for. Raises `Invalid("form.number" | "dossier.decision")`."""
    if move in _STEPS:
        return _STEPS[move](code)
    return _LETTERS[move](code, vaults.get_vault(site.desk))


def _hand_over(code: str) -> Move:
    step, holder = _read_number("step"), _read_number("holder") if request.form.get("holder") else None
    return lambda tx: actions.hand_over(tx, code, step, holder)


def _request_fee(code: str) -> Move:
    amount = _read_number("amount")
    return lambda tx: actions.request_fee(tx, code, amount)


def _number(code: str) -> Move:
    provincial_code = request.form.get("provincial_code", "")
    return lambda tx: actions.number(tx, code, provincial_code)


def _hand_in(code: str, vault: Vault) -> Move:
    limit = _read_limit() if request.form.get("count") else None
    papers = tuple(HandedPaper(paper, originals=1) for paper in request.form.getlist("paper"))
    return lambda tx: actions.hand_in_supplement(tx, vault, code, HandedIn(papers, limit=limit))


def _ask_supplement(code: str, vault: Vault) -> Move:
    form = request.form
    missing = SupplementRequest(
        tuple(form.getlist("paper")), form.get("words", ""), is_exception=form.get("is_exception") == "1"
    )
    return lambda tx: actions.ask_supplement(tx, vault, code, missing)


def _send_back(code: str, vault: Vault) -> Move:
    step, holder = _read_number("step"), _read_number("holder") if request.form.get("holder") else None
    back = SendBackRequest(step, holder, request.form.get("words", ""))
    return lambda tx: actions.send_back(tx, vault, code, back)


def _extend(code: str, vault: Vault) -> Move:
    limit, words = _read_limit(), request.form.get("words", "")
    return lambda tx: actions.extend(tx, vault, code, limit, words)


def _end(code: str, vault: Vault) -> Move:
    state = request.form.get("state", "")
    if state not in set(DossierState):
        raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
    ending = EndRequest(DossierState(state), request.form.get("reason") or None, request.form.get("words", ""))
    return lambda tx: actions.end(tx, vault, code, ending)


_STEPS: dict[NextMove, Callable[[str], Move]] = {
    NextMove.READY: lambda code: lambda tx: actions.finish(tx, code),
    NextMove.HAND_OUT: lambda code: lambda tx: actions.hand_out(tx, code),
    NextMove.FEE_PAID: lambda code: lambda tx: actions.settle_fee(tx, code),
    NextMove.HAND_OVER: _hand_over,
    NextMove.REQUEST_FEE: _request_fee,
    NextMove.NUMBER: _number,
}
_LETTERS: dict[NextMove, Callable[[str, Vault], Move]] = {
    NextMove.SUPPLEMENT: _hand_in,
    NextMove.ASK_SUPPLEMENT: _ask_supplement,
    NextMove.EXTEND: _extend,
    NextMove.SEND_BACK: _send_back,
    NextMove.END: _end,
}


def _read_limit() -> TimeLimit:
    return TimeLimit(LimitUnit.WORKING_DAYS, _read_number("count"))


def _read_number(name: str) -> int:
    """Return a whole number as typed, without dots and spaces between its digits. Raises `Invalid("form.number")`."""
    digits = read_figures(request.form.get(name, "")[:TEXT_MAX])
    digits = digits.replace(" ", "").replace(".", "").replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > NUMBER_DIGITS:
        raise Invalid("form.number", "Write a whole number.")
    return int(digits)
