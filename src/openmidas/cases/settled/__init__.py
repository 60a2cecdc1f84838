"""Answers that the headquarters confirms for all posts: nobody is stopped at each of them in turn."""
