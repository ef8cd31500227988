"""The desk over days, weeks and months: what the journal tells of each day, and its sums. Nothing here writes."""
