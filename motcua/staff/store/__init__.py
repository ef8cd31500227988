"""Accounts, credentials, pairing offers and browsers in the store. Secrets are stored hashed."""

from motcua.staff.store.accounts import (
    find_account,
    get_account,
    list_account_numbers,
    list_accounts,
    list_full_names,
    list_sealed_of_account,
    save_account,
)
from motcua.staff.store.browsers import (
    is_browser_of,
    is_known_browser,
    remember_browser,
)
from motcua.staff.store.credentials import (
    add_credential,
    end_sessions,
    find_by_secret,
    get_credential,
    is_open,
    list_agent_credentials,
    list_agents,
    list_credential_numbers,
    list_kiosks,
    list_own_sessions,
    list_sealed_of_credential,
    list_sessions,
    list_tokens,
    lock,
    revoke,
)
from motcua.staff.store.digests import compute_digest
from motcua.staff.store.offers import (
    add_offer,
    find_offer,
    find_offered_serves,
    list_offers,
    list_sealed_of_offer,
    take_offer,
)
from motcua.staff.store.photos import (
    commit_photo,
    erase_photo,
    find_photo,
    find_photo_commitment,
    list_photos,
    save_photo,
)
from motcua.staff.store.purging import purge
from motcua.staff.store.start_passwords import add_start_password, has_start_password, remove_start_password
from motcua.staff.store.tables import ROOM

__all__ = [
    "ROOM",
    "add_credential",
    "add_offer",
    "add_start_password",
    "commit_photo",
    "compute_digest",
    "end_sessions",
    "erase_photo",
    "find_account",
    "find_by_secret",
    "find_offer",
    "find_offered_serves",
    "find_photo",
    "find_photo_commitment",
    "get_account",
    "get_credential",
    "has_start_password",
    "is_browser_of",
    "is_known_browser",
    "is_open",
    "list_account_numbers",
    "list_accounts",
    "list_agent_credentials",
    "list_agents",
    "list_credential_numbers",
    "list_full_names",
    "list_kiosks",
    "list_offers",
    "list_own_sessions",
    "list_photos",
    "list_sealed_of_account",
    "list_sealed_of_credential",
    "list_sealed_of_offer",
    "list_sessions",
    "list_tokens",
    "lock",
    "purge",
    "remember_browser",
    "remove_start_password",
    "revoke",
    "save_account",
    "save_photo",
    "take_offer",
]
