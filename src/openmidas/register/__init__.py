"""The post's own book: shifts with their teams, hand-overs, relaxations of checks, occurrences, outages."""
