"""Work and ratings by officer: a report, one officer's page, the comparison. Never a ranking; nothing is written."""
