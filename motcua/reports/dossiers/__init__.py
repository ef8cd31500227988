"""The report of dossiers that the desk takes in. Never a query, and no figure of the official indices again."""
