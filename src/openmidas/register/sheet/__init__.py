"""The closing sheet of a shift: printed and signed, what no program can change any more."""
