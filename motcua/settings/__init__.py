"""The hall's settings as one value: unit, hours, queue rules, ranks, texts. Never services, counters or people."""
