"""Sealing a post: its database opens with officers' pass phrases and a share that is not on its disk."""
