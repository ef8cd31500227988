"""Bytes, ports and frames of the hall's hardware: printers, keypads, pads, signs, scanners, speakers.

Never a rule, SQL or the desk.
"""
