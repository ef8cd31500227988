"""What cannot wait for somebody to look: alerts and calls for help. Never how a figure is measured, or sent."""
