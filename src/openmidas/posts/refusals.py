"""What the posts room refuses to do. Codes, worded for people in `wording`."""

from __future__ import annotations

from openmidas.nodes.refusals import Refused as Refused  # the rooms above take it from here


class PasswordRefused(Refused):
    """A password is too easy. ``reasons``: sentences of the validators, in the user's language."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("password.refused")
