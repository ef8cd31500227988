"""What people suggest, report and ask for, its deadlines and its answers. Never who they are, and no rating."""
