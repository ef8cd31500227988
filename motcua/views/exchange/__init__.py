"""What the pages of exchange show, and the rows of exports. No HTTP."""
