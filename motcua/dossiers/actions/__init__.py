"""Taking files of dossiers, and removing them."""

from motcua.dossiers.actions.imports import import_dossiers, remove_dossiers

__all__ = ["import_dossiers", "remove_dossiers"]
