"""Headquarters asks to take an interview over, and the post that has the traveller grants it or not."""
