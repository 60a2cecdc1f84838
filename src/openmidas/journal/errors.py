"""What can be wrong with a journal. Codes, not sentences: the pages and the command line word them."""

from __future__ import annotations

import msgspec


class JournalError(Exception):
    """Something about an entry, a chain, a segment or a receipt does not hold.

    ``code`` is ``noun.what_is_wrong``; ``params`` say where.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        where = ", ".join(f"{name}={value}" for name, value in params.items())
        super().__init__(f"{code} ({where})" if where else code)


UNREADABLE = (msgspec.DecodeError, RecursionError)
"""What reading bytes as a type raises: they are no such thing, or nested deeper than anybody reads."""
