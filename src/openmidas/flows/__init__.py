"""Analysis: how many cross, where, how that changes, and who is in the country."""
