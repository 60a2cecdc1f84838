"""The counter as an officer meets it: the real page, a real browser, a real post and its HQ."""
