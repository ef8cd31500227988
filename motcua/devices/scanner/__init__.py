"""Scanners of ID cards and of our own codes: a card becomes an age class.

Never its name, number or bytes outside of one reading.
"""
