"""The situation: the day at each post, silence, the map."""
