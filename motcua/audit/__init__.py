"""The tables as the journal tells them, and where they differ: what a program changed behind the journal's back.

Reads only.
"""
