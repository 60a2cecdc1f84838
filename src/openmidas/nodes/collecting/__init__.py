"""Recording while the post's database cannot be opened: sealed for the HQ, and read by nobody here."""
