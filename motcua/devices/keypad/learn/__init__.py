"""Learn mode: how a keypad teaches what its keys send. Never a driver."""
