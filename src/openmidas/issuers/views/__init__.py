"""The pages of certificates of States."""
