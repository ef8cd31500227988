"""motcua runs the counter hall of a Vietnamese one-stop desk; every subject has its room, changes go through `desk`."""

__version__ = "0.1.0"
