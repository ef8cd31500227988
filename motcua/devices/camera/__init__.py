"""Cameras: an emulator that serves moving pictures as a network camera does.

Never keeps a picture, never shows a face.
"""
