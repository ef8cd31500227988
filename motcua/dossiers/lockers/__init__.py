"""Results that wait behind a locker's doors, and the codes that open them. Never a name, never a wire."""
