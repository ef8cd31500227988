"""Who asks, what they may, in which language, and how answers and refusals read. Never a subject's rule."""
