"""Photos that somebody sent become small JPEGs without any other data; whose they are and where they go, others say."""
