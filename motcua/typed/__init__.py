"""What people, keyboards and pipes write, brought to one way of writing at the door. Pure; no rule of any subject."""
