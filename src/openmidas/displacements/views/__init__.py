"""The pages of displacements."""
