"""Figures of what happened: queries and sums with their formulas' sources. Never a write."""
