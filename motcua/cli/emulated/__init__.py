"""Other systems made of software, for trials and tests: they answer over real HTTP, also slowly and wrongly."""
