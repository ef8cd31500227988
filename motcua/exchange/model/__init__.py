"""What is exchanged: an export, a mapping of names, a dossier as another system has it."""
