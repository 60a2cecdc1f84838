"""A post and its headquarters on one machine, for showing and trying. Nothing in it is real but the list."""
