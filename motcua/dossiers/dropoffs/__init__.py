"""Papers that citizens hand in at a kiosk while the hall is closed, and what officers do with them. No clear text."""
