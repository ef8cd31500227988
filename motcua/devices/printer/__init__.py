"""The ticket printer: what stands on paper, how it is drawn, and how it gets there. Never which ticket, and never twice by itself."""
