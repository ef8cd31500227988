"""A frame becomes a few numbers about the face in it, and many frames one smile index; usable without the rest of the
program. No frame, face or landmark is ever written or sent from here.
"""
