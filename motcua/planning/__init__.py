"""Simulated halls: estimates, replays, forecasts, textbook queues. Pure: no clock, dice or store of its own."""
