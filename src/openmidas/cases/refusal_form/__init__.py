"""The form that a refused traveller is given: reason, legal basis, remedy, in a language they read."""
