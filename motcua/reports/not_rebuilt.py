"""Why the journal alone cannot rebuild some figures, as their readers are told."""

from motcua.desk.messages import mark

DOSSIERS = mark(
    "Dossiers come from imported files and cannot be rebuilt from the journal, which holds the digest of each"
    " file. Figures of the camera are in no index."
)
SMILES = mark(
    "Smile indices are not in the journal, so that they can be erased. These figures cannot be rebuilt from it."
)
