"""Taking in a dossier at a counter."""

import base64
from datetime import datetime

from msgspec import Struct

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Json, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.actions.pacing import begin_pacing
from motcua.dossiers.dropoffs import rules as dropoff_rules
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.dropoffs.model import DropOff, DropOffState
from motcua.dossiers.events import DossierLodged
from motcua.dossiers.model.applicant import IntakeRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.promise import SameDayPromise
from motcua.dossiers.rules import applicants, codes, intake, moves, same_day
from motcua.dossiers.rules.due import compute_due
from motcua.dossiers.rules.flows import choose_flow
from motcua.dossiers.store import dossiers, flows, lookups, promises, pushes, secrets
from motcua.procedures.model import Procedure, TimeLimit
from motcua.settings.model import Settings
from motcua.typed.lines import clean_line

LODGED = "lodged"
TOKEN_BYTES = 9
"""72 bits: twelve characters of an address."""


class Together(Struct, frozen=True):
    """With what a dossier comes as linked procedures: the first one's code, None for itself; earlier limits."""

    first: str | None
    limits: tuple[TimeLimit, ...] = ()


def lodge(tx: Tx, vault: Vault, counter: int, request: IntakeRequest) -> Dossier:
    """Take in a dossier of the visit in hand at `counter`, ask for what it lacks, or refuse it, as was decided.

    What was handed in at a kiosk belongs to no visit, and counts from the next opening after that; its scans are
    erased with this.

    Raises `Unknown("dossiers.off" | "counter.unknown" | "dropoff.unknown")`, `Refused("counter.idle" |
    "dossier.visit_full" | "dropoff.over")`, `Invalid`.
    """
    return take_in(tx, vault, counter, request)


def take_in(tx: Tx, vault: Vault, counter: int, request: IntakeRequest, together: Together | None = None) -> Dossier:
    """Do what `lodge` does, perhaps for one of several dossiers of linked procedures."""
    settings = common.get_switched_on(tx)
    place = counter_store.get(tx.db, counter)
    dropoff = _get_dropoff(tx, request)
    visit = place.in_hand if dropoff is None else None
    intake.require_place(request, visit, len(dossiers.list_of_visit(tx.db, visit)) if visit else 0)
    procedure = common.get_offered_procedure(tx, request.procedure, tx.day)
    intake.read_request(request, procedure, settings.dossiers)
    local = common.get_local_time(tx, settings)
    applicant = applicants.read_applicant(request.applicant, local.date())
    if request.decision is DossierState.SUPPLEMENT:
        intake.require_whole_request(procedure, request.missing, request.papers, dict(request.choices))
    draft = _make_draft(tx, settings, request, procedure)
    flow = flows.keep_flow(tx.db, choose_flow(flows.list_in_force(tx.db, tx.day), procedure))
    dossier = replace(draft, counter=counter, officer=place.officer, visit=visit, holder=place.officer, flow=flow)
    if together is not None:
        limits = (*together.limits, *dossier.limits)
        dossier = replace(dossier, limits=limits, linked=together.first or dossier.code)
    is_same_day = False
    if dossier.state is DossierState.RECEIVED:
        is_in_turn = together is not None and bool(together.limits)
        is_same_day = not is_in_turn and same_day.is_promised(settings, procedure.code, local, request.channel)
        if is_same_day:
            due = same_day.compute_same_day_due(settings, local.date())
        else:
            received = datetime.fromisoformat(dropoff.counts_from) if dropoff else local
            due = compute_due(settings, received, dossier.limits)
        counted = moves.begin_counting(dossier, due, min(due.due_at, settings.dossiers.results_until))
        dossier = begin_pacing(tx, settings, counted)
    dossiers.add_dossier(tx.db, dossier)
    if is_same_day:
        promises.add_promise(tx.db, SameDayPromise(dossier.code, tx.day))
    lookups.add_lookup(tx.db, dossier.code, base64.urlsafe_b64encode(tx.entropy(TOKEN_BYTES)).decode())
    sealed = _seal(tx, vault, settings, dossier.code, replace(request, applicant=applicant))
    common.record(tx, LODGED, dossier, dossier.reason)
    if dropoff is not None:
        taken_in = replace(dropoff, state=DropOffState.TAKEN_IN, dossier=dossier.code, decided_at=tx.at)
        dropoffs.save_dropoff(tx.db, taken_in)
        dropoffs.erase_all(tx.db, dropoff.code)
        pushes.move_pushes(tx.db, dropoff.code, dossier.code)
    tx.emit(replace(_describe(dossier, sealed, dropoff.code if dropoff else None), same_day=is_same_day))
    return dossier


def _get_dropoff(tx: Tx, request: IntakeRequest) -> DropOff | None:
    if (request.dropoff is None) == (request.channel is FilingChannel.DROP_OFF):
        raise Invalid("dossier.dropoff", "Only what was handed in at a kiosk is taken in as such. Load the page again.")
    if request.dropoff is None:
        return None
    dropoff = dropoffs.get_dropoff(tx.db, request.dropoff)
    dropoff_rules.require_waiting(dropoff)
    return dropoff


def _make_draft(tx: Tx, settings: Settings, request: IntakeRequest, procedure: Procedure) -> Dossier:
    serial = dossiers.find_next_serial(tx.db, tx.day)
    local = common.get_local_time(tx, settings)
    is_complete, is_refused = request.decision is DossierState.RECEIVED, request.decision is DossierState.REFUSED
    is_lacking = request.decision is DossierState.SUPPLEMENT
    return Dossier(
        code=codes.make_dossier_code(settings.dossiers, local.date(), serial),
        procedure=procedure.code,
        state=request.decision,
        channel=request.channel,
        received_at=tx.at,
        received_on=tx.day,
        serial=serial,
        counted_from=None,
        due_on=None,
        due_at="",
        first_due_on=None,
        officer=None,
        counter=None,
        papers=request.papers,
        limits=intake.list_limits(request.limit, procedure) if is_complete else tuple(filter(None, [request.limit])),
        sets=request.sets,
        supplements=int(is_lacking),
        missing=request.missing if is_lacking else (),
        reason=request.reason if is_refused else None,
        settled_at=tx.at if is_refused else None,
        is_immediate=procedure.is_immediate,
    )


def _seal(tx: Tx, vault: Vault, settings: Settings, code: str, request: IntakeRequest) -> list[Json]:
    erase_on = common.compute_erase_on(tx, settings)
    person = secrets.describe_applicant(request.applicant)
    sealed: list[Json] = [secrets.seal_row(tx, vault, secrets.RowPlace(code, secrets.APPLICANT, erase_on), person)]
    if request.typed:
        names: dict[str, Json] = {paper: clean_line(name) for paper, name in request.typed}
        sealed.append(secrets.seal_row(tx, vault, secrets.RowPlace(code, secrets.PAPERS, erase_on), names))
    return [*sealed, *common.seal_words(tx, vault, code, LODGED, intake.read_words(request.words))]


def _describe(dossier: Dossier, sealed: list[Json], dropoff: str | None) -> DossierLodged:
    return DossierLodged(
        dossier=dossier.code,
        procedure=dossier.procedure,
        state=dossier.state.value,
        channel=dossier.channel.value,
        serial=dossier.serial,
        visit=dossier.visit,
        counter=dossier.counter,
        officer=dossier.officer,
        papers=dossiers.describe_papers(dossier.papers),
        limits=dossiers.describe_limits(dossier.limits),
        sets=dossier.sets,
        counted_from=dossier.counted_from,
        due_on=dossier.due_on,
        due_at=dossier.due_at,
        is_immediate=dossier.is_immediate,
        missing=list(dossier.missing),
        reason=dossier.reason,
        sealed=sealed,
        dropoff=dropoff,
        flow=dossier.flow,
        dues=list(dossier.dues),
        linked=dossier.linked,
    )
