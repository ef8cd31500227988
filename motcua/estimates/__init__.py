"""What waits and forecasts learn from the store: observed, outlook, past, staffing.

Never a write, never a clock of its own.
"""
