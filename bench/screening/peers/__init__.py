"""Other software that compares names, in an environment and a process of its own."""
