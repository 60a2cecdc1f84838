"""Why a zone cannot be written."""

from __future__ import annotations


class CannotWrite(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """A document that no zone can tell of. ``field``: what of it; ``code``: why; ``read``: the character
    that it is about, where it is about one."""

    def __init__(self, field: str, code: str, read: str = "") -> None:
        super().__init__(f"{field}: {code}" + (f" ({read})" if read else ""))
        self.field = field
        self.code = code
        self.read = read
