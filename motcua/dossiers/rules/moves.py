"""What may happen to a dossier, and what it is afterwards. Each move returns the dossier, or raises why not. Pure."""

from collections.abc import Sequence
from datetime import date

from motcua.copies import replace
from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.model.dossier import (
    OPEN_STATES,
    RUNNING_STATES,
    Dossier,
    DossierState,
    HandedPaper,
)
from motcua.dossiers.model.flow import FlowStep
from motcua.dossiers.rules.due import Due, get_hour
from motcua.settings.model import Settings
from motcua.settings.rules import add_working_days, count_working_days

FEE_MAX = 2_000_000_000


def require_running(dossier: Dossier) -> None:
    """Raise `Refused("dossier.over" | "dossier.waits" | "dossier.ready")` unless the desk works on it."""
    _require_open(dossier)
    if dossier.state not in RUNNING_STATES:
        raise Refused("dossier.waits", "This dossier waits for its applicant. Enter first what was handed in or paid.")


def _require_open(dossier: Dossier) -> None:
    if dossier.state.is_over:
        raise Refused("dossier.over", "This dossier has ended already. Load the page again.")
    if dossier.state not in OPEN_STATES:
        raise Refused("dossier.ready", "The result of this dossier is ready already. Hand it out.")


def ask_supplement(dossier: Dossier, missing: Sequence[str], day: str, *, is_exception: bool) -> Dossier:
    """Return a dossier of which more was asked, once. A second time needs the legal exception.

    Raises `Refused("dossier.supplement_once" | …)`.
    """
    require_running(dossier)
    if dossier.supplements and not is_exception:
        raise Refused(
            "dossier.supplement_once",
            "More was asked for already. Once is all that the law allows; for its exception, write down the reason.",
        )
    return replace(
        dossier,
        state=DossierState.SUPPLEMENT,
        missing=tuple(missing),
        supplements=dossier.supplements + 1,
        paused_on=day,
    )


def hand_in(dossier: Dossier, papers: Sequence[HandedPaper]) -> Dossier:
    """Return a dossier with the papers that were missing. Raises `Refused("dossier.not_asked")`."""
    _require_open(dossier)
    if dossier.state is not DossierState.SUPPLEMENT:
        raise Refused("dossier.not_asked", "Nothing was asked for. Load the page again.")
    by_code = {paper.code: paper for paper in (*dossier.papers, *papers)}
    return replace(_run(dossier), papers=tuple(by_code.values()), missing=())


def begin_counting(dossier: Dossier, due: Due, due_at: str) -> Dossier:
    """Return a dossier that is complete only now, and whose time begins."""
    due_on = due.due_on.isoformat()
    return replace(
        dossier,
        counted_from=due.received_on.isoformat(),
        due_on=due_on,
        due_at=due_at,
        first_due_on=dossier.first_due_on or due_on,
        paused_on=None,
    )


def resume_counting(settings: Settings, dossier: Dossier, day: str) -> Dossier:
    """Return a dossier whose time runs again: as many working days are left as when it stood still.

    What was late by then stays late.
    """
    if dossier.paused_on is None or dossier.due_on is None or dossier.paused_on == day:
        return replace(dossier, paused_on=None)
    left = count_working_days(settings, date.fromisoformat(dossier.paused_on), date.fromisoformat(dossier.due_on))
    if left < 0:
        return replace(dossier, paused_on=None)
    due_on = max(add_working_days(settings, date.fromisoformat(day), left), date.fromisoformat(dossier.due_on))
    due_at = min(get_hour(settings, due_on), settings.dossiers.results_until)
    return replace(dossier, paused_on=None, due_on=due_on.isoformat(), due_at=due_at)


def hand_over(dossier: Dossier, step: int, holder: int | None, flow: Sequence[FlowStep]) -> Dossier:
    """Return a dossier that goes to a step of its flow and to somebody. The last step is reached when it is ready.

    Raises `Invalid("dossier.step" | "dossier.step_back")`, `Refused("dossier.same_step" | …)`.
    """
    require_running(dossier)
    if step != dossier.step and not 0 <= step < len(flow) - 1:
        raise Invalid("dossier.step", "There is no such step to hand it over to.")
    if step < dossier.step:
        raise Invalid("dossier.step_back", "That step is done. Send the dossier back to it, and write why.")
    if (step, holder) == (dossier.step, dossier.holder):
        raise Refused("dossier.same_step", "It is there already.")
    return _run(replace(dossier, step=step, holder=holder))


def send_back(dossier: Dossier, step: int, holder: int | None) -> Dossier:
    """Return a dossier that goes back to an earlier step and to somebody.

    Raises `Refused("dossier.first_step" | …)`, `Invalid("dossier.step")`.
    """
    require_running(dossier)
    if dossier.step == 0:
        raise Refused("dossier.first_step", "It is at its first step. There is no earlier one to send it back to.")
    if not 0 <= step < dossier.step:
        raise Invalid("dossier.step", "There is no such step to send it back to.")
    return _run(replace(dossier, step=step, holder=holder))


def request_fee(dossier: Dossier, amount: int, day: str) -> Dossier:
    """Return a dossier whose applicant has to pay first. Raises `Invalid("dossier.fee")`, `Refused`."""
    require_running(dossier)
    if not 1 <= amount <= FEE_MAX:
        raise Invalid("dossier.fee", "Write an amount from 1 to %(most)s VND.", most=FEE_MAX)
    return replace(dossier, state=DossierState.FEE_DUE, fee=amount, paused_on=day)


def settle_fee(dossier: Dossier) -> Dossier:
    """Return a dossier whose fee was paid. Raises `Refused("dossier.no_fee")`."""
    if dossier.state is not DossierState.FEE_DUE:
        raise Refused("dossier.no_fee", "Nothing has to be paid. Load the page again.")
    return _run(dossier)


def finish(dossier: Dossier, at: str, flow: Sequence[FlowStep]) -> Dossier:
    """Return a dossier whose result is ready. Raises `Refused`."""
    require_running(dossier)
    return replace(dossier, state=DossierState.READY, step=len(flow) - 1, settled_at=at, holder=None)


def hand_out(dossier: Dossier, at: str, *, is_electronic: bool | None = None) -> Dossier:
    """Return a dossier whose result was handed out. Raises `Refused("dossier.not_ready")`."""
    if dossier.state is not DossierState.READY:
        raise Refused("dossier.not_ready", "There is no result to hand out yet. Load the page again.")
    return replace(dossier, state=DossierState.RETURNED, returned_at=at, is_electronic=is_electronic)


def end(dossier: Dossier, state: DossierState, reason: str | None, at: str) -> Dossier:
    """Return a dossier that ends without a result. Raises `Refused`."""
    _require_open(dossier)
    return replace(dossier, state=state, reason=reason, settled_at=at, paused_on=None, holder=None)


def require_extendable(dossier: Dossier) -> None:
    """Raise `Refused("dossier.extended" | …)` where no new day may be promised."""
    require_running(dossier)
    if dossier.extensions:
        raise Refused("dossier.extended", "A new day was promised already. The law allows that once.")


def extend(settings: Settings, dossier: Dossier, due: Due, today: str) -> Dossier:
    """Return a dossier with a new day, which may be promised once. Raises `Refused("dossier.extended")`, `Invalid`."""
    require_extendable(dossier)
    due_on = due.due_on.isoformat()
    if dossier.due_on is None or due_on <= max(dossier.due_on, today):
        raise Invalid("dossier.extension", "The new day must be after today and after the day that was promised.")
    due_at = min(due.due_at, settings.dossiers.results_until)
    return replace(dossier, due_on=due_on, due_at=due_at, extensions=dossier.extensions + 1)


def number(dossier: Dossier, provincial_code: str) -> Dossier:
    """Return a dossier with its code in the provincial system. Raises `Refused("dossier.numbered")`."""
    if dossier.provincial_code == provincial_code:
        raise Refused("dossier.numbered", "It has this code already.")
    return replace(dossier, provincial_code=provincial_code)


def list_possible(dossier: Dossier) -> list[str]:
    """Return the steps that may follow, by the names of their calls; what is entered with one may still be refused."""
    is_running, is_open = dossier.state in RUNNING_STATES, dossier.state in OPEN_STATES
    steps = {
        "supplement": dossier.state is DossierState.SUPPLEMENT,
        "fee-paid": dossier.state is DossierState.FEE_DUE,
        "return": dossier.state is DossierState.READY,
        "ready": is_running,
        "hand-over": is_running,
        "send-back": is_running and dossier.step > 0,
        "supplement-request": is_running,
        "fee": is_running,
        "extend": is_running and not dossier.extensions,
        "end": is_open,
        "provincial-code": True,
    }
    return [name for name, is_possible in steps.items() if is_possible]


def _run(dossier: Dossier) -> Dossier:
    state = DossierState.PROCESSING if dossier.step else DossierState.RECEIVED
    return replace(dossier, state=state)
