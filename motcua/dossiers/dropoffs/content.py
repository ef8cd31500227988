"""A drop-off with what is encrypted of it, as far as it is not erased."""

import json

from motcua.desk import Reader
from motcua.desk.vault import Vault
from motcua.dossiers.dropoffs import store
from motcua.dossiers.dropoffs.model import DropOff, DropOffContent
from motcua.dossiers.store.secrets import read_applicant_values


def read_content(db: Reader, vault: Vault, dropoff: DropOff) -> DropOffContent:
    """Return a drop-off with who handed it in and what an officer wrote."""
    person = store.find_sealed(db, vault, dropoff.code, store.CONTACT)
    words = store.find_sealed(db, vault, dropoff.code, store.WORDS)
    applicant = read_applicant_values(json.loads(person)) if person is not None else None
    return DropOffContent(dropoff, applicant, words.decode() if words is not None else "")
