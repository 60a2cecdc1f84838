"""The name field of a zone (Doc 9303-3, 4.6)."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIGURE = re.compile("[0-9]")


class MrzName(NamedTuple):
    surname: str
    given_names: str
    truncated: bool
    problems: tuple[str, ...]
    """Codes of findings: what is wrong with the form of the name."""


def read_name(field: str) -> MrzName:
    """Primary and secondary identifier, their components separated by spaces.

    A name that ends in a letter at the last position must be taken as truncated, even if it
    happens to fit exactly (Doc 9303-4, 4.2.3.4).
    """
    identifiers = field.rstrip("<").split("<<")
    surname, *given = [_words(identifier) for identifier in identifiers]
    problems = []
    if not surname:
        problems.append("surname_missing" if any(given) else "name_missing")
    if len(given) > 1 or any(identifier.startswith("<") for identifier in identifiers):
        problems.append("name_form")
    if _FIGURE.search(field):
        problems.append("name_character")
    return MrzName(surname, " ".join(filter(None, given)), field[-1] != "<", tuple(problems))


def _words(identifier: str) -> str:
    return identifier.replace("<", " ").strip()
