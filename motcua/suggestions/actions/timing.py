"""What time does: a deadline that is near or over is reported once."""

from motcua.copies import replace
from motcua.desk import Tx
from motcua.settings import store as settings_store
from motcua.suggestions import rules, store
from motcua.suggestions.events import SuggestionEscalated


def escalate(tx: Tx, number: int) -> None:
    """Report the deadline of a suggestion that is near or over, unless that was reported already."""
    item = store.get(tx.db, number)
    stage = rules.find_escalation(settings_store.get_settings(tx.db), item, tx.day)
    if stage is None:
        return
    store.save(tx.db, replace(item, escalation=stage.name))
    tx.emit(
        SuggestionEscalated(
            suggestion=item.id,
            deadline=stage.deadline,
            stage=stage.stage,
            due=stage.due,
            owner=item.owner,
            type=item.kind.value,
        )
    )
