"""LED signs over the counters, on serial and Modbus lines: they show a state. Never who is called next."""
