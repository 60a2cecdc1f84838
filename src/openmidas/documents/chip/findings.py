"""What is found in the files of a chip, and the one error that reading them may raise."""

from __future__ import annotations

import msgspec


class ChipFinding(msgspec.Struct, frozen=True):
    """One thing to know about a file of a chip. ``informative``: it breaks no rule."""

    code: str
    field: str
    """The file or the step that it is about: ``DG2``, ``SOD``, ``signature``."""
    paragraph: str
    """Where Doc 9303 (8th edition) or the RFC states the rule."""
    params: dict[str, str] = {}
    informative: bool = False


class Unreadable(Exception):  # noqa: N818  reads as a sentence where it is raised
    """Bytes that are not what they should be. The only error that reading a chip's files raises.

    ``code`` is one of the codes that have words; ``params`` go into them.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def finding(self, field: str, paragraph: str) -> ChipFinding:
        """The same as a finding."""
        return ChipFinding(self.code, field, paragraph, self.params)
