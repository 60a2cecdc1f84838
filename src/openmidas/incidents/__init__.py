"""Incidents: what happened at a post or near it, what was found out since, and how it ended."""
