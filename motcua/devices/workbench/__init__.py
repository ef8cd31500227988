"""The page on which emulated devices can be seen, used and broken. Knows emulators by their protocol alone."""
