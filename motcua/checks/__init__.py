"""The morning check: sessions, invariants, how the devices are just now. Never a write to the store, never HTTP."""
