"""Whom the help team helped to file online: which procedure, what was done. Never who it was."""
