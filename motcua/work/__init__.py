"""What leaders and officers settle between them: tasks, notes, corrections of working hours. Never a rating."""
