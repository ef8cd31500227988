"""Call backs in the store; whom they are for stands apart, encrypted."""

from motcua.callbacks.store.callbacks import (
    add_callback,
    count_in_hand,
    count_open,
    get_callback,
    list_closed,
    list_open,
    list_received,
    save_callback,
)
from motcua.callbacks.store.room import ROOM
from motcua.callbacks.store.secrets import (
    erase_contact,
    find_contact,
    has_number,
    list_contact_digests,
    list_overdue_contacts,
    seal_contact,
)

__all__ = [
    "ROOM",
    "add_callback",
    "count_in_hand",
    "count_open",
    "erase_contact",
    "find_contact",
    "get_callback",
    "has_number",
    "list_closed",
    "list_contact_digests",
    "list_open",
    "list_overdue_contacts",
    "list_received",
    "save_callback",
    "seal_contact",
]
