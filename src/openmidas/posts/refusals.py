"""What the posts room refuses to do. Codes, worded for people in `wording`."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  # what it is, not that it is a fault
    """Something cannot be done as asked. ``code``: ``noun.what_is_wrong``; ``params`` say more."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


class PasswordRefused(Refused):
    """A password is too easy. ``reasons``: sentences of the validators, in the user's language."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("password.refused")
