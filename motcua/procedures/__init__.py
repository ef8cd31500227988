"""Administrative procedures: names, time limits, fees, checklists and how to find them. No person, no dossier."""
