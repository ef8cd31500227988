"""Numbers and sentences become words, words become clips, clips become one sound; usable without the rest of the
program.
"""
