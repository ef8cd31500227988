"""Parts of the program that a ward switches on: while one is off its pages and calls are not there, for anybody."""

from motcua.desk import Desk, Unknown
from motcua.settings import store as settings_store

DOSSIER_DOORS = frozenset(
    {
        "api.dossiers",
        "api.dossier",
        "api.dossier_intake",
        "api.take_in_dossier",
        "api.read_card",
        "api.keep_applicant",
        "api.erase_applicant",
        "api.open_dossier",
        "api.ask_supplement",
        "api.hand_in_supplement",
        "api.hand_over_dossier",
        "api.request_fee",
        "api.settle_fee",
        "api.finish_dossier",
        "api.hand_out_dossier",
        "api.end_dossier",
        "api.extend_dossier",
        "api.number_dossier",
        "api.erase_dossier",
        "api.begin_dossier_key",
        "api.print_slip",
        "screens.counter_dossiers",
        "screens.dossier_form",
        "screens.dossier_board",
        "screens.dossier_book",
        "screens.dossier_page",
        "screens.dossier_whole",
        "screens.dossier_move",
        "screens.dossier_same_day",
        "screens.find_dossier",
        "screens.find_dossier_submit",
        "screens.own_dossier",
        "screens.own_dossier_submit",
    }
)
"""Everything about dossiers that the desk takes in. Basis: LEGAL.md#procedures."""
CALLBACK_PAGES = ("callbacks", "take_callback", "release_callback", "note_call")
"""Pages of whoever calls people back."""
CALLBACK_DOORS = frozenset(
    {
        "api.ask_callback",
        "screens.call_me",
        "screens.call_me_submit",
        *(f"screens.{name}" for name in CALLBACK_PAGES),
    }
)
"""Everything about call backs. Basis: LEGAL.md#personal-data."""
SWITCHED_DOORS = DOSSIER_DOORS | CALLBACK_DOORS


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
    is_off = (endpoint in DOSSIER_DOORS and not has_dossiers(desk)) or (
        endpoint in CALLBACK_DOORS and not has_callbacks(desk)
    )
    if is_off:
        raise Unknown("page.unknown", "There is nothing at this address.")
