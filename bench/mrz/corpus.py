"""The zones that parsers are measured on, and whether an answer is right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

FILE = Path(__file__).resolve().parents[2] / "tests" / "documents" / "data" / "edge-cases.json"
_DATES = ("dob", "expiry")


class Case(msgspec.Struct, frozen=True):
    """A zone written from Doc 9303. ``fields``: what has to be read in it, where it is valid."""

    id: str
    cat: str
    lines: tuple[str, ...]
    valid: bool
    fields: dict[str, str | None]

    @property
    def text(self) -> str:
        """The zone as it is given to a parser."""
        return "\n".join(self.lines)


def load() -> list[Case]:
    """The project's own corpus, which its tests hold it to as well."""
    return msgspec.convert(json.loads(FILE.read_text(encoding="utf-8")), list[Case])


def is_right(case: Case, answer: Mapping[str, Any]) -> bool:
    """Whether a parser said what Doc 9303 says: valid or not, and the fields of what is valid.

    A date without its century is compared without, but for the cases that are about the century.
    """
    if bool(answer.get("valid")) != case.valid:
        return False
    return not case.valid or all(
        _same(case, name, wanted, answer.get(name)) for name, wanted in case.fields.items()
    )


def _same(case: Case, name: str, wanted: str | None, said: str | None) -> bool:
    if name in _DATES and case.cat != "century" and said and len(said) == 6 and wanted:
        parts = (wanted[2:] + "-<<-<<").split("-")[:3]
        return said == "".join(parts)
    return (said or None) == (wanted or None) or (name == "sex" and {said, wanted} <= {"<", "X"})
