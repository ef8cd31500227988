"""What the desk offers: service groups, services and their procedures. Never a ticket."""
