"""A file of flows: its rows, its form as JSON, and what it would change at a desk. Pure; no store, no page."""
