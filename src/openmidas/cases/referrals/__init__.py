"""Referrals: who is called for somebody in need, by the State's own pathway, and what came of it."""
