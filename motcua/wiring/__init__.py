"""Joins subjects to the world: event to job, time to action. Never a rule."""
