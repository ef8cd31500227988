"""What the forms on a dossier's page ask for, as actions."""

from collections.abc import Callable

from flask import request

from motcua.desk import Invalid, Tx
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn, HandedOut, SendBackRequest, SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.rules.board import NextMove
from motcua.dossiers.rules.letters import write_delay
from motcua.dossiers.store import vaults
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings import store as settings_store
from motcua.typed.codes import read_figures
from motcua.web.site import Site

NUMBER_DIGITS, TEXT_MAX = 12, 40
Move = Callable[[Tx], Dossier]


def read_move(site: Site, code: str, move: NextMove) -> Move:
    """Return what a form asks for. Raises `Invalid("form.number" | "dossier.decision" | …)`."""
    if move in _STEPS:
        return _STEPS[move](code)
    if move is NextMove.EXTEND:
        return _extend(site, code)
    return _LETTERS[move](code, vaults.get_vault(site.desk))


def _hand_over(code: str) -> Move:
    step, holder = read_number("step"), read_number("holder") if request.form.get("holder") else None
    return lambda tx: actions.hand_over(tx, code, step, holder)


def _number(code: str) -> Move:
    provincial_code = request.form.get("provincial_code", "")
    return lambda tx: actions.number(tx, code, provincial_code)


def _hand_in(code: str, vault: Vault) -> Move:
    limit = _read_limit() if request.form.get("count") else None
    is_scanned = request.form.get("is_scanned") == "1"
    papers = tuple(HandedPaper(paper, originals=1, is_scanned=is_scanned) for paper in request.form.getlist("paper"))
    return lambda tx: actions.hand_in_supplement(tx, vault, code, HandedIn(papers, limit=limit))


def _hand_out(code: str, vault: Vault) -> Move:
    is_electronic, number = request.form.get("is_electronic") == "1", request.form.get("result_number", "")
    return lambda tx: actions.hand_out_result(tx, vault, code, HandedOut(is_electronic, number))


def _ask_supplement(code: str, vault: Vault) -> Move:
    form = request.form
    missing = SupplementRequest(
        tuple(form.getlist("paper")), form.get("words", ""), is_exception=form.get("is_exception") == "1"
    )
    return lambda tx: actions.ask_supplement(tx, vault, code, missing)


def _send_back(code: str, vault: Vault) -> Move:
    step, holder = read_number("step"), read_number("holder") if request.form.get("holder") else None
    back = SendBackRequest(step, holder, request.form.get("words", ""))
    return lambda tx: actions.send_back(tx, vault, code, back)


def _extend(site: Site, code: str) -> Move:
    limit, vault = _read_limit(), vaults.get_vault(site.desk)
    with site.desk.read() as db:
        rules = settings_store.get_settings(db).dossiers
    words = write_delay(rules, request.form.get("reason", ""), request.form.get("words", ""))
    return lambda tx: actions.extend(tx, vault, code, limit, words)


def _end(code: str, vault: Vault) -> Move:
    state = request.form.get("state", "")
    if state not in set(DossierState):
        raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
    ending = EndRequest(DossierState(state), request.form.get("reason") or None, request.form.get("words", ""))
    return lambda tx: actions.end(tx, vault, code, ending)


_STEPS: dict[NextMove, Callable[[str], Move]] = {
    NextMove.READY: lambda code: lambda tx: actions.finish(tx, code),
    NextMove.HAND_OVER: _hand_over,
    NextMove.NUMBER: _number,
}
_LETTERS: dict[NextMove, Callable[[str, Vault], Move]] = {
    NextMove.SUPPLEMENT: _hand_in,
    NextMove.HAND_OUT: _hand_out,
    NextMove.ASK_SUPPLEMENT: _ask_supplement,
    NextMove.SEND_BACK: _send_back,
    NextMove.END: _end,
}


def _read_limit() -> TimeLimit:
    return TimeLimit(LimitUnit.WORKING_DAYS, read_number("count"))


def read_number(name: str) -> int:
    """Return a whole number as typed, without dots and spaces between its digits. Raises `Invalid("form.number")`."""
    digits = read_figures(request.form.get(name, "")[:TEXT_MAX])
    digits = digits.replace(" ", "").replace(".", "").replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > NUMBER_DIGITS:
        raise Invalid("form.number", "Write a whole number.")
    return int(digits)
