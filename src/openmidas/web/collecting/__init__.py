"""The page of a post that can only collect: no database behind it, and nothing can be read back."""
