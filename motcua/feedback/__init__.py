"""What citizens thought of a visit: asked, answered, skipped, unprompted. Never who they are."""
