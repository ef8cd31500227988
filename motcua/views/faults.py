"""The desk's faults, for those who lead."""

from collections.abc import Iterable

from motcua.desk import DeskFault, Reader
from motcua.desk.messages import translate_into_each
from motcua.settings import store as settings_store
from motcua.views.shapes import View, format_local


def list_faults(db: Reader, faults: Iterable[DeskFault]) -> list[View]:
    """Return each fault in every language, in the order of `faults`."""
    zone = settings_store.get_timezone(db)
    return [
        {
            "code": fault.code,
            "check": fault.check,
            "detail": translate_into_each(fault.message, dict(fault.params)),
            "since": format_local(fault.since, zone),
        }
        for fault in faults
    ]
