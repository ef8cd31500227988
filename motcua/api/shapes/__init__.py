"""The bodies and answers of the API as models: what is checked on the way in and documented. Never a rule."""
