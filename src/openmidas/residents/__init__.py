"""Who lives at the border and is known at its post: one card, one key a crossing."""
