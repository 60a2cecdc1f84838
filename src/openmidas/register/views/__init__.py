"""The pages of the post's book."""
