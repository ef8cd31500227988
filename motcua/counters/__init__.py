"""Counters: which services they serve, who sits there, open or not. Never the choice of a ticket."""
