"""The far end of the cable: takes jobs to the devices of this computer and brings results back.

Never a rule, never the desk's store.
"""
