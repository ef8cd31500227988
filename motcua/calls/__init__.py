"""What a call says: its sentence, its pieces of voice, whether it can be heard. Never a job, never a write."""
