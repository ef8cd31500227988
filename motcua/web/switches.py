"""Parts of the program that a ward switches on: while one is off its pages and calls are not there, for anybody."""

from motcua.desk import Desk, Unknown
from motcua.reports.kinds import REPORTS
from motcua.settings import store as settings_store

REPORT_FILES = ("", "_csv", "_pdf", "_xlsx")
EXPORT_DOORS = ("screens.dossier_export", "screens.export_schema", "screens.export_dossiers")
EXCHANGE_DOORS = (
    "screens.exchange",
    "screens.look_at_exchange",
    "screens.import_exchange",
    "screens.settle_difference",
    "screens.push_state",
    "screens.exchange_mapping",
    "screens.exchange_sample",
    "screens.save_mapping",
    "screens.remove_mapping",
)
KIOSK_DOORS = frozenset(
    {
        "api.begin_dropoff",
        "api.dropoff_scans",
        "api.scan_dropoff_card",
        "api.end_dropoff",
        "api.add_scan",
        "api.watch_scanner",
        "api.remove_scan",
        "api.hand_in_scans",
        "screens.dropoff_kiosk",
        "screens.print_dropoff",
        "api.pick_up",
        "api.locker_opening",
        "screens.locker_kiosk",
    }
)
"""What a kiosk does with a citizen's papers. Officers see them only once they are handed in."""
DROPOFF_PAGES = (
    "dropoff_list", "dropoff_page", "dropoff_whole", "dropoff_scan", "send_back_dropoff",
    "locker_list", "locker_put", "locker_take_out", "locker_settle",
)  # fmt: skip
"""What officers do with papers that were handed in at a kiosk, and with the locker."""
DOSSIER_DOORS = frozenset(
    {
        *EXPORT_DOORS,
        *EXCHANGE_DOORS,
        *KIOSK_DOORS,
        *(f"screens.{name}" for name in DROPOFF_PAGES),
        "api.dossiers",
        "api.dossier",
        "api.dossier_intake",
        "api.take_in_dossier",
        "api.take_in_linked",
        "api.read_card",
        "api.keep_applicant",
        "api.erase_applicant",
        "api.open_dossier",
        "api.ask_supplement",
        "api.hand_in_supplement",
        "api.hand_over_dossier",
        "api.send_back_dossier",
        "api.request_fee",
        "api.settle_fee",
        "api.dossier_fees",
        "api.cancel_fee",
        "api.show_fee",
        "api.return_payment",
        "api.enter_receipt",
        "api.print_fee_slip",
        "api.bank_notice",
        "api.renew_bank_secret",
        "api.finish_dossier",
        "api.hand_out_dossier",
        "api.end_dossier",
        "api.extend_dossier",
        "api.number_dossier",
        "api.erase_dossier",
        "api.begin_dossier_key",
        "api.print_slip",
        "api.look_up_dossier",
        "api.tell_of_dossier",
        "api.is_told_of_dossier",
        "api.end_telling_of_dossier",
        "screens.dossier_worker",
        "screens.form_templates",
        "screens.add_form_template",
        "screens.form_template",
        "screens.remove_form_template",
        "screens.filled_template",
        "screens.counter_dossiers",
        "screens.dossier_form",
        "screens.dossier_board",
        "screens.dossier_book",
        "screens.dossier_page",
        "screens.dossier_whole",
        "screens.dossier_move",
        "screens.dossier_same_day",
        "screens.dossier_report",
        "screens.dossiers_behind",
        "api.open_dropoff",
        "api.add_scanner_file",
        "screens.dossier_fee",
        "screens.fee_code",
        "screens.pad_fee_code",
        "screens.payment_confirmation",
        "screens.cash",
        "screens.cash_step",
        "screens.cash_sheet",
        "screens.bank",
        "screens.bank_step",
        "api.ask_mailing",
        "screens.mailings",
        "screens.mailing_step",
        "screens.mailing_paper",
        "screens.dossier_mailing",
        "screens.flows",
        "screens.flow",
        "screens.save_flow",
        "screens.withdraw_flow",
        "screens.flow_files",
        "screens.flow_file",
        "screens.preview_flows",
        "screens.import_flows",
        "api.flows",
        "api.flow_versions",
        "api.change_flow",
        "api.withdraw_flow",
        "screens.linked",
        "screens.save_linked",
        "screens.withdraw_linked",
        "screens.find_dossier",
        "screens.find_dossier_submit",
        "screens.own_dossier",
        "screens.own_dossier_submit",
    }
)
"""Everything about dossiers that the desk takes in. Basis: LEGAL.md#procedures."""
DOSSIER_REPORT_DOORS = frozenset(
    f"api.{report.id}_report{kind}" for report in REPORTS if report.needs == "dossiers" for kind in REPORT_FILES
)
"""The calls of reports about them; the list of reports says who may read one."""
CALLBACK_PAGES = ("callbacks", "take_callback", "release_callback", "note_call")
"""Pages of whoever calls people back."""
CALLBACK_DOORS = frozenset(
    {
        "api.ask_callback",
        "screens.call_me",
        "screens.call_me_submit",
        "screens.callbacks_poster",
        *(f"screens.{name}" for name in CALLBACK_PAGES),
    }
)
"""Everything about call backs. Basis: LEGAL.md#personal-data."""
CALLBACK_REPORT_DOORS = frozenset(
    f"api.{report.id}_report{kind}" for report in REPORTS if report.needs == "callbacks" for kind in REPORT_FILES
)
SWITCHED_DOORS = DOSSIER_DOORS | DOSSIER_REPORT_DOORS | CALLBACK_DOORS | CALLBACK_REPORT_DOORS
_WITH_DOSSIERS = DOSSIER_DOORS | DOSSIER_REPORT_DOORS


def has_dossiers(desk: Desk) -> bool:
    """Say whether dossiers are taken in here."""
    with desk.read() as db:
        return settings_store.get_settings(db).dossiers.is_on


def has_callbacks(desk: Desk) -> bool:
    """Say whether people can ask for a call."""
    with desk.read() as db:
        return settings_store.get_settings(db).callbacks.is_on


def require_switched_on(desk: Desk, endpoint: str | None) -> None:
    """Raise `Unknown("page.unknown")` for a door of a part that is off: then it looks as if it were not there."""
    is_off = (endpoint in _WITH_DOSSIERS and not has_dossiers(desk)) or (
        endpoint in CALLBACK_DOORS | CALLBACK_REPORT_DOORS and not has_callbacks(desk)
    )
    if is_off:
        raise Unknown("page.unknown", "There is nothing at this address.")
