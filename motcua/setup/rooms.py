"""All rooms that own tables, and the desk built from them."""

from pathlib import Path

from motcua.alerts import store as alerts
from motcua.assistance import store as assistance
from motcua.bookings import store as bookings
from motcua.callbacks import store as callbacks
from motcua.catalogue import store as catalogue
from motcua.counters import store as counters
from motcua.desk import Clock, Desk, Entropy, StoreError, system_clock, system_entropy
from motcua.desk.loss import MISSING, Loss, StoreLostError, describe_damage, find_loss, has_history
from motcua.desk.writer import Writer
from motcua.dossiers import store as dossiers
from motcua.equipment import store as equipment
from motcua.exchange import store as exchange
from motcua.feedback import store as feedback
from motcua.filing import store as filing
from motcua.posters import store as posters
from motcua.procedures import store as procedures
from motcua.queue import store as queue
from motcua.settings import store as settings
from motcua.staff import store as staff
from motcua.suggestions import store as suggestions
from motcua.summaries import store as summaries
from motcua.work import store as work

ROOMS = [
    settings.ROOM,
    catalogue.ROOM,
    procedures.ROOM,
    staff.ROOM,
    equipment.ROOM,
    counters.ROOM,
    bookings.ROOM,
    queue.ROOM,
    feedback.ROOM,
    alerts.ROOM,
    suggestions.ROOM,
    filing.ROOM,
    work.ROOM,
    dossiers.ROOM,
    exchange.ROOM,
    summaries.ROOM,
    assistance.ROOM,
    callbacks.ROOM,
    posters.ROOM,
]


def open_desk(
    folder: Path, clock: Clock = system_clock, entropy: Entropy = system_entropy, writer: Writer | None = None
) -> Desk:
    """Return the desk of a data folder; its store is made or brought up to date.

    Raises `StoreLostError` where another desk has left things but no usable store: no new desk begins over them.
    """
    loss = find_loss(folder)
    if loss is not None and (loss.code != MISSING or has_history(folder)):  # a key alone may have been made first
        raise StoreLostError(loss)
    desk: Desk | None = None
    try:
        desk = Desk(folder / "desk.db", ROOMS, clock, entropy, settings.get_timezone, writer, queue.is_day_in_use)
        with desk.read() as db:
            settings.get_settings(db)
    except BaseException as error:
        if desk is not None:
            desk.stop()
        if isinstance(error, ValueError | KeyError | TypeError | AttributeError):
            raise StoreLostError(describe_damage(folder, error)) from error
        raise
    return desk


def find_problem(folder: Path) -> Loss | None:
    """Return why the desk of a data folder cannot be opened, None when it can.

    It is opened for that, and closed again.
    """
    try:
        open_desk(folder).stop()
    except StoreLostError as error:
        return error.loss
    except StoreError as error:
        return describe_damage(folder, error)
    return None
