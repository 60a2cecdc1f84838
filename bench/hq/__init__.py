"""The headquarters of a large State: a hundred posts, a year, ten million crossings."""
