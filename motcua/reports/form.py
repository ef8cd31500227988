"""Which form of summaries of closed days the reports read."""

FORM = 1
"""Goes up whenever a summary would be another one: those of an earlier form are made again."""
