"""Files of dossiers and what they say, and dossiers that the desk takes in, in the store."""

from motcua.dossiers.store.board import BoardFilter, count_late_steps, list_board_groups, list_of_board
from motcua.dossiers.store.dossiers import (
    add_dossier,
    add_dossier_move,
    count_by_state,
    count_in_year,
    describe_limits,
    describe_papers,
    find_dossier,
    find_next_serial,
    get_dossier,
    list_by_state,
    list_dossier_moves,
    list_of_day,
    list_of_visit,
    list_received,
    save_dossier,
)
from motcua.dossiers.store.flows import get_flow, list_flow_versions, list_flows, list_in_force, list_places
from motcua.dossiers.store.imports import (
    add_import,
    get_import,
    list_dossiers,
    list_imports,
    list_settled,
    remove_import,
)
from motcua.dossiers.store.room import ROOM
from motcua.dossiers.store.settled import find_own_since, list_own_settled

__all__ = [
    "ROOM",
    "BoardFilter",
    "add_dossier",
    "add_dossier_move",
    "add_import",
    "count_by_state",
    "count_in_year",
    "count_late_steps",
    "describe_limits",
    "describe_papers",
    "find_dossier",
    "find_next_serial",
    "find_own_since",
    "get_dossier",
    "get_flow",
    "get_import",
    "list_board_groups",
    "list_by_state",
    "list_dossier_moves",
    "list_dossiers",
    "list_flow_versions",
    "list_flows",
    "list_imports",
    "list_in_force",
    "list_of_board",
    "list_of_day",
    "list_of_visit",
    "list_own_settled",
    "list_places",
    "list_received",
    "list_settled",
    "remove_import",
    "save_dossier",
]
