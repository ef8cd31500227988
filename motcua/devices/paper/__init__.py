"""What stands on a ticket and how it is drawn, for the printers and for the settings page's preview.

Never a port, never a printer.
"""
