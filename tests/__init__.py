"""The tests of the house.

A package in earnest: a library among the developer tools (ciw) installs one of the same name.
"""
