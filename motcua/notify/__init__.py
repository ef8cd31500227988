"""Takes messages out of the building: by e-mail, to a web address.

Never what is said, to whom, or when; usable without the rest.
"""
