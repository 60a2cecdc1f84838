"""What each list and each post finds: how many hits, how many of them wrong, how soon that is known."""
