"""The forms of a dossier, by the texts that hold on a day. Never a query: who calls brings what stands on them."""
