"""What a node refuses to do. Codes, worded for people in each room's `wording`."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  # what it is, not that it is a fault
    """Something cannot be done as asked. ``code``: ``noun.what_is_wrong``; ``params`` say more."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)
