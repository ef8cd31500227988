"""People whom an officer calls back: when, about what, how it went. The number is encrypted, and erased soon."""
