"""Simulated halls: estimates, replays, forecasts, textbook queues. Pure: time, chance and data are arguments."""
