"""Looking back: a hundred new listings against a year of crossings."""
