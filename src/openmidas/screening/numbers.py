"""Numbers of documents, in a form in which two ways of writing one number are equal."""

from __future__ import annotations

import re
from typing import Literal

from openmidas.screening.listings import ListedDocument

NumberHow = Literal["same", "other_issuer"]

SHORTEST = 5
# Shorter numbers, or those of which the issuer is not known on both sides, need this many places
# to speak for themselves: a six-figure number of some document is borne by somebody else, too.
SHORTEST_ALONE = 7
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
# An MRZ is read by eye or camera: O and 0, I and 1 are one sign to us.
_ALIKE = str.maketrans("OI", "01")


def number_key(text: str) -> str:
    """Letters and figures only, capital; "" for what is too short to identify a document."""
    key = _NOT_ALPHANUMERIC.sub("", text.upper()).translate(_ALIKE)
    return key if len(key) >= SHORTEST and any(char.isdigit() for char in key) else ""


def compare_issuers(ours: str | None, theirs: ListedDocument) -> NumberHow:
    """What an equal number means, by the States that issued the two documents."""
    if ours and theirs.issuer and ours != theirs.issuer:
        return "other_issuer"
    return "same"


def speaks_alone(key: str, ours: str | None, theirs: ListedDocument) -> bool:
    """Whether an equal number identifies the document without any other evidence."""
    if compare_issuers(ours, theirs) == "other_issuer":
        return False
    return len(key) >= SHORTEST_ALONE or bool(ours and theirs.issuer)
