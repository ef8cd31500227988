"""Taking files of dossiers, and removing them; taking in dossiers, and what happens to them afterwards."""

from motcua.dossiers.actions.imports import import_dossiers, remove_dossiers
from motcua.dossiers.actions.intake import lodge
from motcua.dossiers.actions.keeping import (
    erase_kept,
    keep_applicant,
    open_kept,
    purge_kept,
    refresh_from_card,
    tell_new_key,
)
from motcua.dossiers.actions.lookup import LookupAttempt, look_up
from motcua.dossiers.actions.reading import DossierContent, erase_dossier, open_dossier, print_slip, read_book
from motcua.dossiers.actions.same_day import note_missed_promise
from motcua.dossiers.actions.settling import (
    EndRequest,
    HandedIn,
    SupplementRequest,
    ask_supplement,
    end,
    extend,
    finish,
    hand_in_supplement,
    hand_out,
    hand_over,
    number,
    request_fee,
    settle_fee,
)

__all__ = [
    "DossierContent",
    "EndRequest",
    "HandedIn",
    "LookupAttempt",
    "SupplementRequest",
    "ask_supplement",
    "end",
    "erase_dossier",
    "erase_kept",
    "extend",
    "finish",
    "hand_in_supplement",
    "hand_out",
    "hand_over",
    "import_dossiers",
    "keep_applicant",
    "lodge",
    "look_up",
    "note_missed_promise",
    "number",
    "open_dossier",
    "open_kept",
    "print_slip",
    "purge_kept",
    "read_book",
    "refresh_from_card",
    "remove_dossiers",
    "request_fee",
    "settle_fee",
    "tell_new_key",
]
