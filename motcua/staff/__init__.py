"""People and devices: accounts, roles, sign-ins, tokens, pairing. Never a ticket."""
