"""A document scanner that writes files into a folder. Never what a page shows, never whose it is."""
