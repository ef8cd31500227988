"""How a procedure is found, what a situation needs, what it costs, what a checklist must be, which version is taken.

Pure.
"""
