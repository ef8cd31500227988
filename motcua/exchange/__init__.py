"""Dossiers that go to other systems or come from them: exports, imports by a mapping, the province's list. No HTTP."""
