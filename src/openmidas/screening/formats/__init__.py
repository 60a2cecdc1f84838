"""What the readers of lists share, and the kinds of list there are (`registry`)."""
