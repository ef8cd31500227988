"""Cameras: an emulator that serves drawn people as a network camera does.

Never keeps a picture, never shows a face.
"""
