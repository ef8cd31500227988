"""Pages of dossiers that leave as files or come from other systems. No rule."""
