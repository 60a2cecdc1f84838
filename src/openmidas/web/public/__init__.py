"""The pages for the public at an address of their own: another origin, where nobody can be signed in."""
