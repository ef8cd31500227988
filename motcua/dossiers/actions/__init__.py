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
from motcua.dossiers.actions.settling import (
    EndRequest,
    HandedIn,
    HandedOut,
    SupplementRequest,
    ask_supplement,
    end,
    extend,
    finish,
    hand_in_supplement,
    hand_out,
    hand_out_result,
    hand_over,
    number,
    request_fee,
    settle_fee,
)
from motcua.dossiers.actions.telling import add_push, drop_push, purge_pushes, remove_push

__all__ = [
    "DossierContent",
    "EndRequest",
    "HandedIn",
    "HandedOut",
    "LookupAttempt",
    "SupplementRequest",
    "add_push",
    "ask_supplement",
    "drop_push",
    "end",
    "erase_dossier",
    "erase_kept",
    "extend",
    "finish",
    "hand_in_supplement",
    "hand_out",
    "hand_out_result",
    "hand_over",
    "import_dossiers",
    "keep_applicant",
    "lodge",
    "look_up",
    "number",
    "open_dossier",
    "open_kept",
    "print_slip",
    "purge_kept",
    "purge_pushes",
    "read_book",
    "refresh_from_card",
    "remove_dossiers",
    "remove_push",
    "request_fee",
    "settle_fee",
    "tell_new_key",
]
