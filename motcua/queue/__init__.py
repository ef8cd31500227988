"""Tickets from issued to served, and the order in which they are called. Never HTTP, bytes or a clock."""
