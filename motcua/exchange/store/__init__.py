"""What is exchanged, in the store."""
