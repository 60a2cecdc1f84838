"""How well and how fast travellers are found on lists, ours beside other software."""
