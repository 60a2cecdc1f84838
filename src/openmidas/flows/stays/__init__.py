"""Who is in the country: presences, overstays, and exits that may end a stay."""
