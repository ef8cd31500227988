"""The product's list of procedures, and the ward's versions over it."""

from motcua.procedures.store.product import load_procedures

__all__ = ["load_procedures"]
