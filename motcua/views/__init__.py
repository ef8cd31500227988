"""What a screen or an answer shows, as JSON: one file a screen, from a reader. Never a write, never HTTP."""
