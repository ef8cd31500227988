"""The product's list of procedures, and the ward's versions over it."""

from motcua.procedures.store.product import load_procedures
from motcua.procedures.store.words import load_words

__all__ = ["load_procedures", "load_words"]
