"""Pictures that a post attaches to what it writes: drawn anew, cut into pieces, sent last."""
