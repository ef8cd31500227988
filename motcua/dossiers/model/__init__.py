"""Dossiers that the desk takes in, and how dossiers ended, here or as another system's file tells it."""
