"""How often each neighbourhood's poster was used. Counts only: nothing here says who looked."""
