"""``run.py bench chip``: what is trusted, what is checked, and what nobody gets past it."""
