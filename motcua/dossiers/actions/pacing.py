"""The due moments of a dossier's steps, planned when its day is promised and moved with it."""

from datetime import date, datetime, time

from motcua.copies import replace
from motcua.desk import Tx, get_zone, parse
from motcua.dossiers.actions import common
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.rules import step_dues
from motcua.dossiers.store import dossiers, flows
from motcua.settings.model import Settings

PAUSES = frozenset({"supplement_asked", "fee_demanded", "fee_mistaken"})
"""The moves with which a dossier's time stands still."""


def begin_pacing(tx: Tx, settings: Settings, dossier: Dossier) -> Dossier:
    """Return a dossier whose time begins now, with the due moments of its steps."""
    if (promised := find_promised(dossier)) is None:
        return dossier
    start = find_start(dossier, common.get_local_time(tx, settings))
    return _pace(dossier, step_dues.plan_step_dues(settings, start, promised, flows.get_flow(tx.db, dossier.flow)))


def resume_pacing(tx: Tx, settings: Settings, before: Dossier, dossier: Dossier) -> Dossier:
    """Return a dossier whose time runs again: what was left for its steps is left for them still."""
    promised = find_promised(dossier)
    if promised is None or (before.due_on, before.due_at) == (dossier.due_on, dossier.due_at):
        return dossier
    zone = get_zone(settings.timezone)
    pauses = [move.at for move in dossiers.list_dossier_moves(tx.db, dossier.code) if move.move in PAUSES]
    paused = parse(pauses[-1] if pauses else tx.at).astimezone(zone).replace(tzinfo=None)
    now = common.get_local_time(tx, settings)
    return _pace(dossier, step_dues.resume_step_dues(settings, _list_dues(tx, settings, before), paused, now, promised))


def extend_pacing(tx: Tx, settings: Settings, before: Dossier, dossier: Dossier) -> Dossier:
    """Return a dossier with a new day: the steps that are not done share the time until then."""
    if (promised := find_promised(dossier)) is None:
        return dossier
    dues, now = _list_dues(tx, settings, before), common.get_local_time(tx, settings)
    flow = flows.get_flow(tx.db, dossier.flow)
    return _pace(dossier, step_dues.extend_step_dues(settings, dues, dossier.step, now, promised, flow))


def find_promised(dossier: Dossier) -> datetime | None:
    """Return the moment that was promised by the desk's own wall clock, None while there is none."""
    return datetime.fromisoformat(f"{dossier.due_on}T{dossier.due_at}") if dossier.due_on else None


def find_start(dossier: Dossier, local: datetime) -> datetime:
    """Return from when its time is shared out: from now on, or from the day that counts as the day of receipt."""
    counted_from = date.fromisoformat(dossier.counted_from) if dossier.counted_from else local.date()
    return local if counted_from == local.date() else datetime.combine(counted_from, time())


def _list_dues(tx: Tx, settings: Settings, dossier: Dossier) -> list[datetime]:
    """Return the due moments that a dossier has, or would have, if it came before they were stored."""
    if dossier.dues:
        return [datetime.fromisoformat(due) for due in dossier.dues]
    if (promised := find_promised(dossier)) is None:
        return []
    received = parse(dossier.received_at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    flow = flows.get_flow(tx.db, dossier.flow)
    return list(step_dues.plan_step_dues(settings, find_start(dossier, received), promised, flow))


def _pace(dossier: Dossier, dues: tuple[datetime, ...]) -> Dossier:
    return replace(dossier, dues=tuple(due.isoformat(timespec="minutes") for due in dues))
