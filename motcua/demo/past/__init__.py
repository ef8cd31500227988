"""The weeks before a demo's first day, by the product's own actions and the demo's own people. Never a rule, never a
row of its own.
"""
