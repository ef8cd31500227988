"""What people, keyboards, pipes and jobs write, brought to one way of writing at the door.

Pure; no rule of any subject.
"""
