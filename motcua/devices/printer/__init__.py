"""The ticket printer: how a drawn ticket becomes its bytes, and how they get there.

Never which ticket, and never twice by itself.
"""
