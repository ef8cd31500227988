"""Monthly reports: which are due, and the files that were made of them. What stands in them is the reports' matter."""
