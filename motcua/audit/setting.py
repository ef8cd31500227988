"""The settings as the journal tells them: the operational part in words, the rest by a seal."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, TableDifference
from motcua.desk import Reader, seals
from motcua.settings import store
from motcua.setup import actions

SETTINGS = "settings"


class SettingsBook(Book):
    """Settings, groups and services, and the lanes of counters."""

    tables = ()

    def __init__(self) -> None:
        """Begin with a desk that is not set up."""
        self._operational: dict[str, Any] | None = None
        self._seal: str | None = None
        self._count = self._seq = 0

    def on_settings_changed(self, row: Row, data: dict[str, Any]) -> None:
        """Other settings are in force."""
        self._operational, self._seal = data["operational"], data.get("seal")
        self._seq, self._count = row["seq"], self._count + 1

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the settings in force with the last change."""
        version = store.get_version(db)
        if version != self._count:
            yield TableDifference(SETTINGS, "1", CHANGED, "version", self._count, version, self._seq or None)
        if self._operational is None:
            return
        try:
            stored = actions.make_operational(actions.get_document(db))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield TableDifference(SETTINGS, "1", CHANGED, "document", None, str(error), self._seq)
            return
        for place, journal_value, stored_value in compare_values(self._operational, stored):
            yield TableDifference(SETTINGS, "1", CHANGED, place, journal_value, stored_value, self._seq)
        if self._seal is not None:
            digest = seals.compute_digest(actions.list_sealed(db), seals.get_salts(db).get(SETTINGS, ""))
            if digest != self._seal:
                yield TableDifference(SETTINGS, "1", CHANGED, "seal", self._seal, digest, self._seq)


def compare_values(journal_value: Any, stored_value: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield where `stored` differs: its place, what is told, what is stored.

    What an older journal did not tell yet is not compared.
    """
    if journal_value == stored_value:
        return
    if isinstance(journal_value, dict) and isinstance(stored_value, dict):
        for name, value in journal_value.items():
            yield from compare_values(value, stored_value.get(name), f"{place}.{name}" if place else name)
    elif isinstance(journal_value, list) and isinstance(stored_value, list) and len(journal_value) == len(stored_value):
        for number, (one, other) in enumerate(zip(journal_value, stored_value, strict=True)):
            yield from compare_values(one, other, f"{place}[{number}]")
    else:
        yield place, journal_value, stored_value
