"""The calls that programs, devices and pages make: parse input, call an action, show a view. Never a rule."""
