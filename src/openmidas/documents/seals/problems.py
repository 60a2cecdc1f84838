"""What is wrong with a seal, or with what a seal was to say: one error for reading, one for writing."""

from __future__ import annotations

from typing import Literal

from openmidas.documents.reading import ReadingFinding

Zone = Literal["header", "message", "signature", "seal", "certificate", "code"]
_PARAGRAPHS: dict[Zone, str] = {
    "header": "Doc 9303-13, header zone",
    "message": "Doc 9303-13, message zone",
    "signature": "Doc 9303-13, signature zone",
    "seal": "Doc 9303-13",
    "certificate": "Doc 9303-12 and -13, certificates of seals",
    "code": "Doc 9303-13, bar code format",
}


class NotASeal(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """What was given is no seal that can be read. ``finding``: what is wrong with it, and where."""

    def __init__(self, code: str, zone: Zone = "seal", **params: str) -> None:
        super().__init__(f"{zone}: {code}")
        self.finding = finding(code, zone, **params)


class CannotSeal(ValueError):  # noqa: N818
    """What no seal can say. ``field``: which part of it; ``code``: why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def finding(code: str, zone: Zone, field: str = "", **params: str) -> ReadingFinding:
    """One thing to know about a seal. ``field``: which part; without one, the zone itself."""
    return ReadingFinding(
        code=code, field=field or zone, paragraph=_PARAGRAPHS[zone], params=params
    )
