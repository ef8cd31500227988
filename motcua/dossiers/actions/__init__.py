"""Taking files of dossiers, and removing them; taking in dossiers, and what happens to them afterwards."""

from motcua.dossiers.actions.bank import assign_bank_notice, close_bank_notice, take_bank_message
from motcua.dossiers.actions.cash import close_sheet, open_sheet, reopen_sheet, sign_sheet
from motcua.dossiers.actions.fees import (
    ask_fee,
    cancel_fee,
    enter_receipt,
    print_fee_slip,
    request_fee,
    return_payment,
    settle_fee,
    show_fee,
    take_fee,
)
from motcua.dossiers.actions.flows import FlowRequest, import_flows, plan_flows, set_flow, withdraw_flow
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
from motcua.dossiers.actions.mailings import (
    ask_mailing,
    cancel_mailing,
    list_mailings,
    open_mailings,
    send_mailing,
)
from motcua.dossiers.actions.reading import DossierContent, erase_dossier, open_dossier, print_slip, read_book
from motcua.dossiers.actions.same_day import note_missed_promise
from motcua.dossiers.actions.settling import (
    EndRequest,
    HandedIn,
    HandedOut,
    SupplementRequest,
    ask_supplement,
    end,
    extend,
    hand_in_supplement,
    hand_out,
    hand_out_result,
    number,
)
from motcua.dossiers.actions.telling import add_push, drop_push, find_current_code, purge_pushes, remove_push

__all__ = [
    "DossierContent",
    "EndRequest",
    "FlowRequest",
    "GroupRequest",
    "HandedIn",
    "HandedOut",
    "LookupAttempt",
    "SendBackRequest",
    "SupplementRequest",
    "add_push",
    "ask_fee",
    "ask_mailing",
    "ask_supplement",
    "assign_bank_notice",
    "cancel_fee",
    "cancel_mailing",
    "close_bank_notice",
    "close_sheet",
    "drop_push",
    "end",
    "enter_receipt",
    "erase_dossier",
    "erase_kept",
    "extend",
    "find_current_code",
    "finish",
    "hand_in_supplement",
    "hand_out",
    "hand_out_result",
    "hand_over",
    "import_dossiers",
    "import_flows",
    "keep_applicant",
    "list_mailings",
    "lodge",
    "lodge_linked",
    "look_up",
    "note_missed_promise",
    "number",
    "open_dossier",
    "open_kept",
    "open_mailings",
    "open_sheet",
    "plan_flows",
    "print_fee_slip",
    "print_slip",
    "purge_kept",
    "purge_pushes",
    "read_book",
    "refresh_from_card",
    "remove_dossiers",
    "remove_push",
    "reopen_sheet",
    "request_fee",
    "return_payment",
    "send_back",
    "send_mailing",
    "set_flow",
    "set_group",
    "settle_fee",
    "show_fee",
    "sign_sheet",
    "take_bank_message",
    "take_fee",
    "tell_new_key",
    "withdraw_flow",
    "withdraw_group",
]
