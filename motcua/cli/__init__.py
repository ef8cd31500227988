"""The command line: one file a command. Puts parts together, decides nothing."""
