"""What each screen and call shows of the store: the one ticket shape, wall, queue, counters. Only reads."""
