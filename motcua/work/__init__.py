"""What leaders and officers settle between them: tasks, notes, working hours, proposals. Never a rating."""
