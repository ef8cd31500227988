"""Lockers with doors that open by a relay and say whether they are closed. Never whose result lies behind a door."""
