"""Takes messages out of the building: by e-mail, to a web address, to browsers, by apprise.

Never what is said, to whom, or when; usable without the rest.
"""
