"""Taking files of dossiers, and removing them; taking in dossiers, and what happens to them afterwards."""

from motcua.dossiers.actions.flows import FlowRequest, set_flow, withdraw_flow
from motcua.dossiers.actions.handing import SendBackRequest, finish, hand_over, send_back
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
from motcua.dossiers.actions.linked import GroupRequest, lodge_linked, set_group, withdraw_group
from motcua.dossiers.actions.lookup import LookupAttempt, look_up
from motcua.dossiers.actions.reading import DossierContent, erase_dossier, open_dossier, print_slip, read_book
from motcua.dossiers.actions.settling import (
    EndRequest,
    HandedIn,
    SupplementRequest,
    ask_supplement,
    end,
    extend,
    hand_in_supplement,
    hand_out,
    number,
    request_fee,
    settle_fee,
)

__all__ = [
    "DossierContent",
    "EndRequest",
    "FlowRequest",
    "GroupRequest",
    "HandedIn",
    "LookupAttempt",
    "SendBackRequest",
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
    "lodge_linked",
    "look_up",
    "number",
    "open_dossier",
    "open_kept",
    "print_slip",
    "purge_kept",
    "read_book",
    "refresh_from_card",
    "remove_dossiers",
    "request_fee",
    "send_back",
    "set_flow",
    "set_group",
    "settle_fee",
    "tell_new_key",
    "withdraw_flow",
    "withdraw_group",
]
