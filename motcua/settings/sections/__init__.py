"""The sections of the settings, each value declared once: type, bounds, default, label, help, basis.

No section knows another.
"""
