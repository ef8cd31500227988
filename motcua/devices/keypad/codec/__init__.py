"""What keypads send and take: bytes to strokes and back, one file a way of speaking. Never a port, never a clock."""
