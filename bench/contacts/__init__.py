"""Who travelled with whom, over a year of crossings."""
