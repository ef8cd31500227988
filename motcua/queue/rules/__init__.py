"""The queue's rules: what a ticket may do next, and who is called next. Pure."""
