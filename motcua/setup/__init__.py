"""One change over several subjects: the settings file, its template, the first set-up.

Never a rule of its own about tickets.
"""
