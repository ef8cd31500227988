"""The parts of `motcua devices`: what there is, learn mode, emulators. Never a driver."""
