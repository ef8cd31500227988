"""Measures the desk against what this machine could do at best, on loopback; never imported by the product."""
