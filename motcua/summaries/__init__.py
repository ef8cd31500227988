"""What closed days add up to, kept so that a report of a year need not rebuild each day. Derived, never a fact."""
