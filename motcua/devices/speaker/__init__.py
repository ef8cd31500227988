"""Loudspeakers: play what the desk has joined, one sound after the other; nothing here knows what is said."""
