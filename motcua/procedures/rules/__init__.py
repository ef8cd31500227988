"""Rules of procedures: how people find one, and what a checklist asks in a situation. Never a store, never a clock."""
