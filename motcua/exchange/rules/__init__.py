"""How files are written and read, and which of two states of a dossier is newer. Pure."""
