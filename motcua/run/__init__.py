"""The serving process: gevent's loop, the one writer thread, timers, start and stop. Alone knows gevent."""
