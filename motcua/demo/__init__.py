"""A whole simulated hall: citizens and officers on a virtual clock, driving the real server through its API and
sockets. Never a rule.
"""
