"""What happens to a dossier after it was handed in, until its result is handed out or it ends without one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Invalid, Json, Refused, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common, pacing
from motcua.dossiers.events import (
    DossierEnded,
    DossierExtended,
    DossierNumbered,
    DossierReturned,
    DossierSupplementAsked,
    DossierSupplemented,
)
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.rules import codes, intake, moves
from motcua.dossiers.rules import fees as fee_rules
from motcua.dossiers.rules.due import compute_due, compute_extended_due
from motcua.dossiers.store import dossiers, fees, secrets
from motcua.procedures.model import Procedure, TimeLimit
from motcua.typed.lines import clean_line


@dataclass(frozen=True)
class SupplementRequest:
    """What is asked for: codes of papers, and words. `is_exception`: the law allows it a second time."""

    missing: tuple[str, ...]
    words: str = field(default="", repr=False)
    is_exception: bool = False


class HandedIn(Struct, frozen=True):
    """What an applicant brought: papers, names of those that no checklist has, a time limit where none is known."""

    papers: tuple[HandedPaper, ...]
    typed: tuple[tuple[str, str], ...] = ()
    limit: TimeLimit | None = None


@dataclass(frozen=True)
class EndRequest:
    """How a dossier ends without a result: its state, a legal reason, and what is written to the applicant."""

    state: DossierState
    reason: str | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class HandedOut:
    """How a result was issued: whether as an electronic document, and its number if it was."""

    is_electronic: bool
    number: str = field(default="", repr=False)


def ask_supplement(tx: Tx, vault: Vault, code: str, request: SupplementRequest) -> Dossier:
    """Ask for everything that is missing, once (form 02). A second time needs the legal exception and its reason.

    Raises `Refused("dossier.supplement_once" | …)`, `Invalid("dossier.supplement_whole" | "dossier.missing" | …)`.
    """
    _settings, dossier = common.get_current(tx, code)
    words = intake.read_words(request.words, is_needed=request.is_exception)
    intake.require_missing(request.missing, words)
    procedure = common.get_offered_procedure(tx, dossier.procedure, dossier.received_on)
    intake.require_whole_request(procedure, request.missing, dossier.papers)
    is_exception = request.is_exception and dossier.supplements > 0
    asked = moves.ask_supplement(dossier, request.missing, tx.day, is_exception=is_exception)
    common.record(tx, "supplement_asked", asked)
    sealed = common.seal_words(tx, vault, asked.code, "supplement_asked", words)
    missing: list[Json] = list(asked.missing)
    tx.emit(DossierSupplementAsked(asked.code, missing=missing, is_exception=is_exception, sealed=sealed))
    return asked


def hand_in_supplement(tx: Tx, vault: Vault, code: str, brought: HandedIn) -> Dossier:
    """Take what was missing. What was never complete is counted from now on, else its time goes on.

    Raises `Refused("dossier.not_asked" | …)`, `Invalid("dossier.incomplete" | "dossier.papers" | …)`.
    """
    settings, dossier = common.get_current(tx, code)
    intake.read_papers(brought.papers, brought.typed)
    complete = moves.hand_in(dossier, brought.papers)
    procedure = common.get_offered_procedure(tx, dossier.procedure, dossier.received_on)
    _require_all(procedure, dossier, brought.papers)
    if dossier.counted_from is None:
        limit = brought.limit or next(iter(dossier.limits), None)
        limits = intake.list_limits(limit, procedure)
        due = compute_due(settings, common.get_local_time(tx, settings), limits)
        complete = replace(complete, limits=limits)
        complete = moves.begin_counting(complete, due, min(due.due_at, settings.dossiers.results_until))
        complete = pacing.begin_pacing(tx, settings, complete)
    else:
        running = moves.resume_counting(settings, complete, tx.day)
        complete = pacing.resume_pacing(tx, settings, dossier, running)
    common.record(tx, "supplemented", complete)
    sealed: list[Json] = []
    if brought.typed:
        names: dict[str, Json] = {paper: clean_line(name) for paper, name in brought.typed}
        erase_on = common.compute_erase_on(tx, settings)
        sealed = [secrets.seal_row(tx, vault, secrets.RowPlace(complete.code, secrets.PAPERS, erase_on), names)]
    tx.emit(
        DossierSupplemented(
            complete.code,
            state=complete.state.value,
            papers=dossiers.describe_papers(complete.papers),
            limits=dossiers.describe_limits(complete.limits),
            counted_from=complete.counted_from,
            due_on=complete.due_on,
            due_at=complete.due_at,
            dues=list(complete.dues),
            sealed=sealed,
        )
    )
    return complete


def _require_all(procedure: Procedure, dossier: Dossier, papers: Sequence[HandedPaper]) -> None:
    handed = {paper.code for paper in papers}
    if forgotten := [code for code in dossier.missing if code not in handed]:
        raise Invalid(
            "dossier.incomplete",
            "Papers are missing: %(papers)s. Ask for them, or tick what was handed in.",
            papers=intake.name_papers(procedure, forgotten),
        )


def hand_out(tx: Tx, code: str) -> Dossier:
    """Say that the result was handed out, but not as what. Raises `Refused("dossier.not_ready" | "fee.unpaid")`."""
    _settings, dossier = common.get_current(tx, code)
    fee_rules.require_settled(fees.find_due_charge(tx.db, dossier.code))
    returned = common.record(tx, "returned", moves.hand_out(dossier, tx.at))
    tx.emit(DossierReturned(returned.code))
    return returned


def hand_out_result(tx: Tx, vault: Vault, code: str, result: HandedOut) -> Dossier:
    """Say that the result was handed out, and as what.

    Raises `Refused("dossier.not_ready" | "fee.unpaid")`, `Invalid("dossier.result_number")`.
    """
    _settings, dossier = common.get_current(tx, code)
    fee_rules.require_settled(fees.find_due_charge(tx.db, dossier.code))
    number = intake.read_result_number(result.number, is_electronic=result.is_electronic)
    returned = common.record(tx, "returned", moves.hand_out(dossier, tx.at, is_electronic=result.is_electronic))
    sealed = common.seal_words(tx, vault, returned.code, "returned", number)
    tx.emit(DossierReturned(returned.code, result="electronic" if result.is_electronic else "paper", sealed=sealed))
    return returned


def end(tx: Tx, vault: Vault, code: str, request: EndRequest) -> Dossier:
    """Refuse a dossier (form 03), stop settling it (form 05), or note that its applicant withdrew it.

    Raises `Invalid("dossier.reason" | "dossier.words" | "dossier.decision")`, `Refused`.
    """
    settings, dossier = common.get_current(tx, code)
    if request.state not in {DossierState.REFUSED, DossierState.STOPPED, DossierState.WITHDRAWN}:
        raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
    if request.state is DossierState.REFUSED:
        intake.require_reason(request.reason, settings.dossiers)
    words = intake.read_words(request.words, is_needed=request.state is DossierState.STOPPED)
    reason = request.reason if request.state is DossierState.REFUSED else None
    ended = common.record(tx, request.state.value, moves.end(dossier, request.state, reason, tx.at), reason)
    sealed = common.seal_words(tx, vault, ended.code, request.state.value, words)
    tx.emit(DossierEnded(ended.code, state=ended.state.value, reason=reason, sealed=sealed))
    return ended


def extend(tx: Tx, vault: Vault, code: str, limit: TimeLimit, words: str) -> Dossier:
    """Apologise and promise a new day, once (form 04); `words` say why.

    Raises `Refused("dossier.extended" | …)`, `Invalid("dossier.words" | "dossier.extension" | "dossier.limit_long")`.
    """
    settings, dossier = common.get_current(tx, code)
    reason = intake.read_words(words, is_needed=True)
    intake.require_limit(limit)
    if dossier.due_on is None:
        raise Refused("dossier.waits", "This dossier waits for its applicant. Enter first what was handed in or paid.")
    due = compute_extended_due(settings, date.fromisoformat(dossier.due_on), limit)
    later = pacing.extend_pacing(tx, settings, dossier, moves.extend(settings, dossier, due, tx.day))
    extended = common.record(tx, "extended", later)
    sealed = common.seal_words(tx, vault, extended.code, "extended", reason)
    dues: list[Json] = list(extended.dues)
    tx.emit(
        DossierExtended(extended.code, due_on=extended.due_on or "", due_at=extended.due_at, dues=dues, sealed=sealed)
    )
    return extended


def number(tx: Tx, code: str, provincial_code: str) -> Dossier:
    """Enter the code of the provincial system, which leads from then on.

    Raises `Invalid("dossier.provincial_code")`, `Refused("dossier.numbered" | "dossier.code_taken")`.
    """
    settings, dossier = common.get_current(tx, code)
    new_code = codes.read_provincial_code(provincial_code, settings.dossiers)
    numbered = moves.number(dossier, new_code)
    if dossiers.find_dossier(tx.db, new_code) is not None:
        raise Refused("dossier.code_taken", "Another dossier has this code already.")
    common.record(tx, "numbered", numbered)
    tx.emit(DossierNumbered(numbered.code, provincial_code=new_code))
    return numbered
