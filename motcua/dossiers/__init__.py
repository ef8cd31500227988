"""Dossiers as another system settled them: codes, dates and counts from a file. No names of people, no decisions."""
