"""What goes wrong in this room, as codes; `wording` has the sentences."""

from __future__ import annotations


class InstallationError(Exception):
    """Something cannot be done. ``code`` says why, ``details`` fill the blanks of its sentence."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
