"""Many posts and their HQ in one process, on a clock, a network and disks that are made up from a seed.

What is driven is the project's own: entries, chain, commitments, signatures, segments, the clock
and the state machine of the exchange. What is made up is all around it, and from one seed
everything follows: the same seed gives the same history to the last byte.
"""
