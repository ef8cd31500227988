"""Opening, pausing and closing a counter."""

from motcua.counters import rules, store
from motcua.counters.events import CounterClosed, CounterOpened, CounterPaused
from motcua.counters.model import Counter
from motcua.desk import Tx
from motcua.settings import store as settings_store


def open_counter(tx: Tx, number: int, officer: int | None) -> Counter:
    """Open counter `number` for `officer` (None: the present one, if any); another counter where they sat closes.

    Raises `Refused` while a ticket is in hand here (another officer's) or there, `Unknown("counter.unknown")`.
    """
    counter = store.get(tx.db, number)
    officer = counter.officer if officer is None else officer
    left_counter = store.find_of_officer(tx.db, officer) if officer is not None else None
    opened = rules.opened(counter, officer, tx.at)
    if counter.state == opened.state and counter.officer == officer:
        return counter
    if left_counter is not None and left_counter.number != number:
        store.save(tx.db, rules.closed(left_counter, tx.at))
    store.save(tx.db, opened)
    tx.emit(
        CounterOpened(
            counter=number,
            officer=officer,
            left=left_counter.number if left_counter and left_counter.number != number else None,
        )
    )
    return opened


def pause(tx: Tx, number: int, reason: str) -> Counter:
    """Pause counter `number`. A `reason` that is no code of the settings is kept as the officer's own words.

    Raises `Refused` unless it is open and empty-handed, `Unknown("counter.unknown")`.
    """
    settings = settings_store.get_settings(tx.db)
    counter = store.get(tx.db, number)
    is_code = any(choice.code == reason for choice in settings.queue.pause_reasons)
    paused = rules.paused(counter, reason if is_code else "other", tx.at)
    store.save(tx.db, paused)
    text = None if is_code else tx.keep_text(reason, settings.retention.text_days)
    tx.emit(CounterPaused(counter=number, officer=counter.officer, reason=paused.pause_reason or "other", text=text))
    return paused


def close(tx: Tx, number: int) -> Counter:
    """Close counter `number` and sign its officer out of it.

    Closing a closed one changes nothing. Raises `Refused`, `Unknown`.
    """
    counter = store.get(tx.db, number)
    closed = rules.closed(counter, tx.at)
    if counter.state == closed.state and counter.officer is None:
        return counter
    store.save(tx.db, closed)
    tx.emit(CounterClosed(counter=number, officer=counter.officer))
    return closed
