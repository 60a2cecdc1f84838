"""Journals copied between nodes: a core without I/O, sessions over the link, the processes that run them."""
