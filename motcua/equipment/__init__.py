"""Which devices the enrolled agents have: what the desk may ask of them.

Never a port, a byte, or how a device is just now.
"""
