"""What becomes of a dossier of the demo, and so what is done with it on a day. Pure: the same for a seed and a code.

Nothing is remembered from day to day: a dossier as it is in the store and its fate say what comes next.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct, field

from motcua.demo.chance import Chance
from motcua.desk import get_local_day, parse
from motcua.dossiers.model.dossier import RUNNING_STATES, Dossier, DossierState
from motcua.dossiers.model.fees import PaymentMeans
from motcua.dossiers.rules.fees import list_proposals
from motcua.procedures.model import Procedure
from motcua.procedures.rules.pricing import compute_sum
from motcua.settings.model import Settings
from motcua.settings.rules import count_working_days

MARGIN_DAYS = {0: 34.0, 1: 34.0, 2: 18.0, 3: 7.0, -1: 2.5, -2: 2.5, -4: 2.0}
"""So many working days before the promised one the result is ready; the last three are late."""
APOLOGISES, IS_CHECKED, PAYS, IS_NUMBERED, IS_FORGOTTEN = 0.5, 0.5, 0.5, 0.15, 0.04
WITHDRAWS, STOPS = 0.015, 0.08
PAYS_DAYS = {1: 60.0, 2: 30.0, 3: 10.0}
MEANS = {PaymentMeans.CASH: 60.0, PaymentMeans.TRANSFER: 30.0, PaymentMeans.CARD: 10.0}
BRINGS_DAYS = {1: 35.0, 2: 30.0, 3: 20.0, 6: 15.0}
FETCHED_DAYS = {0: 35.0, 1: 30.0, 2: 20.0, 5: 15.0}
EXTENDED_DAYS = (2, 4)
CHECK, SETTLE, SIGN = 1, 2, 3
"""Steps of the usual flow."""
PROVINCE_PREFIX = "H00.00"
"""A unit that is none."""
APOLOGY = "Hồ sơ phải xác minh thêm tại đơn vị khác, chưa có văn bản trả lời."
STOPPED = "Người nộp không bổ sung giấy tờ trong thời hạn đã thông báo."
WITHDRAWN = "Người nộp xin rút hồ sơ."
MORNING, LATE_MORNING, AFTERNOON = (8.0, 9.6), (9.7, 11.2), (13.4, 16.2)


class DossierFate(Struct, frozen=True):
    """What is drawn for a dossier when it is taken in; days are working days."""

    margin_days: int
    apologises: bool
    is_checked: bool
    pays: bool
    is_numbered: bool
    is_forgotten: bool
    withdraws: bool
    stops: bool
    pays_after_days: int
    brings_after_days: int
    fetched_after_days: int
    extended_days: int
    means: PaymentMeans


class DossierWork(Struct, frozen=True):
    """A step that somebody takes between two hours of the day: the end of its call's address, and what is sent.

    `goes_to` says whose hands a hand-over leads to: `officer` or `leader`.
    """

    step: str
    hours: tuple[float, float]
    body: dict[str, Any] = field(default_factory=dict)
    goes_to: str = ""


def draw_fate(seed: int, code: str) -> DossierFate:
    """Return the fate of the dossier with this code."""
    chance = Chance(f"{seed} {code} fate")
    return DossierFate(
        margin_days=chance.pick_weighted(MARGIN_DAYS),
        apologises=chance.share(APOLOGISES),
        is_checked=chance.share(IS_CHECKED),
        pays=chance.share(PAYS),
        is_numbered=chance.share(IS_NUMBERED),
        is_forgotten=chance.share(IS_FORGOTTEN),
        withdraws=chance.share(WITHDRAWS),
        stops=chance.share(STOPS),
        pays_after_days=chance.pick_weighted(PAYS_DAYS),
        brings_after_days=chance.pick_weighted(BRINGS_DAYS),
        fetched_after_days=chance.pick_weighted(FETCHED_DAYS),
        extended_days=chance.draw_whole(*EXTENDED_DAYS),
        means=chance.pick_weighted(MEANS),
    )


def list_works(
    dossier: Dossier, fate: DossierFate, settings: Settings, procedure: Procedure | None, today: str
) -> list[DossierWork]:
    """Return what is done with a dossier on the working day `today`, in its order. Results are fetched otherwise."""
    day = date.fromisoformat(today)
    passed = count_working_days(settings, date.fromisoformat(dossier.paused_on or dossier.received_on), day)
    if dossier.state is DossierState.SUPPLEMENT and passed >= fate.brings_after_days:
        if fate.stops:
            return [DossierWork("end", AFTERNOON, {"state": "stopped", "words": STOPPED})]
        papers = [{"code": code, "originals": 1} for code in dossier.missing]
        return [DossierWork("supplement", (8.2, 15.8), {"papers": papers})]
    if dossier.state is DossierState.FEE_DUE and passed >= fate.pays_after_days:
        return [DossierWork("fee-paid", (8.2, 15.8), _pay(dossier, fate))]
    if dossier.state not in RUNNING_STATES or dossier.due_on is None:
        return []
    if fate.withdraws and dossier.step:
        return [DossierWork("end", LATE_MORNING, {"state": "withdrawn", "words": WITHDRAWN})]
    left = count_working_days(settings, day, date.fromisoformat(dossier.due_on))
    return list(_list_running(dossier, fate, list_fees(dossier, procedure), left))


def _list_running(dossier: Dossier, fate: DossierFate, fees: list[dict[str, int]], left: int) -> Iterator[DossierWork]:
    is_late = fate.margin_days < 0
    if is_late and fate.apologises and not dossier.extensions and left <= 0:
        limit = {"unit": "working_days", "count": fate.extended_days - min(left, 0)}
        yield DossierWork("extend", LATE_MORNING, {"limit": limit, "words": APOLOGY})
        return
    if left <= (0 if dossier.extensions else fate.margin_days):
        if dossier.step < SIGN:
            yield DossierWork("hand-over", MORNING, {"step": SIGN}, "leader")
        yield DossierWork("ready", AFTERNOON)
        return
    if dossier.step < SETTLE:
        if fate.is_numbered and dossier.provincial_code is None:
            _prefix, day, serial = dossier.code.rsplit("-", 2)
            yield DossierWork("provincial-code", MORNING, {"provincial_code": f"{PROVINCE_PREFIX}-{day}-{serial}"})
        yield DossierWork("hand-over", MORNING, {"step": SETTLE}, "officer")
        if fate.pays and fees and dossier.fee is None:
            yield DossierWork("fee", LATE_MORNING, {"lines": fees})


def list_fees(dossier: Dossier, procedure: Procedure | None) -> list[dict[str, int]]:
    """Return the lines of what the dossier usually costs; none where that is nothing, or not known."""
    proposals = [item for item in list_proposals(procedure, dossier.channel) if item.is_usual]
    return [{"place": item.place, "units": 1} for item in proposals if compute_sum(item.fee, 1)]


def _pay(dossier: Dossier, fate: DossierFate) -> dict[str, Any]:
    """Return how somebody pays: what is not cash has a number on its slip."""
    _prefix, day, serial = dossier.code.rsplit("-", 2)
    references = {PaymentMeans.TRANSFER: f"FT{day}{serial}", PaymentMeans.CARD: f"POS {serial}"}
    return {"means": fate.means.value, "reference": references.get(fate.means, "")}


def is_fetched(dossier: Dossier, fate: DossierFate, settings: Settings, today: str) -> bool:
    """Say whether somebody comes on the day `today` for a result that is ready."""
    if dossier.settled_at is None or fate.is_forgotten:
        return False
    ready_on = get_local_day(parse(dossier.settled_at), settings.timezone)
    passed = count_working_days(settings, date.fromisoformat(ready_on), date.fromisoformat(today))
    return passed >= fate.fetched_after_days
