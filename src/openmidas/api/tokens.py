"""The tokens of systems: 256 random bits, of which only a keyed digest is kept.

The digest is fast (HMAC-SHA-256): nobody guesses 256 bits, so that slowness would protect nothing
and cost every request. Its key is a file of the node: whoever can write into the database and not
read the node's folder can make no token that fits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from openmidas.nodes.identity import this_node

PREFIX = "midas_"
"""So that people, and programs that look for forgotten secrets, know one when they see it."""
_BYTES = 32


def new_token() -> str:
    """A token to hand over once."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token, in hexadecimal."""
    key = bytes.fromhex(this_node().home.secret("api"))
    return hmac.new(key, token.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
