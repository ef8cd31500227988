"""States of the screens' streams.

The types of the pages' scripts are made from them, and tests hold real states against them.
"""
