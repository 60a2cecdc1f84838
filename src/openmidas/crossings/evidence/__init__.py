"""Chips and digital seals at the counter: read, judged, and kept as what they came to."""
