"""Numbers of documents as lists write them among words: "Passport No: 592667 (Qatari passport)".

A number that keeps its words would never equal the one in a passport. The whole text is kept beside
what is taken out of it here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

SHORTEST = 4
_LABELS = frozenset(
    {"NO", "NR", "NUM", "NUMBER", "ID", "SSN", "BPA", "NIN", "CNI", "CIN", "DNI", "PASSPORT"}
)
_PLAIN = re.compile(r"[^\Wa-z_][^a-z(),;:\"]*")
_LETTERS_BEFORE = re.compile(r"(?!(?i:no|of|in|on|and|the)$)[A-Za-z]{1,3}")
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 4
_YEAR = re.compile(r"\(?(?:19|20)\d\d[.,;:)]*")
_MOST_FIGURES_OF_A_DATE = 4


class NumberText(NamedTuple):
    """The number, and the words in which the text says who issued it ("Qatari", "Syria"), or ""."""

    number: str
    issuer: str


def read_number_text(text: str, is_state: Callable[[str], bool]) -> NumberText | None:
    """Number and issuer in a text; None where there is no number. `is_state`: whether words name one."""
    words = text.split()
    if _PLAIN.fullmatch(text) and not _is_label(words[0]):
        return NumberText(text, "")
    figures = (at for at, word in enumerate(words) if _has_figure(word))
    at = next((at for at in figures if not _YEAR.fullmatch(words[at])), None)
    if at is None:
        return None
    number = _number(words, at)
    if sum(char.isalnum() for char in number) < SHORTEST:
        return None
    said = (" ".join(words[:at]), *_BRACKETS.findall(text))
    issuers = (issuer_in(part, is_state) for part in said)
    return NumberText(number, next((issuer for issuer in issuers if issuer), ""))


def has_further_number(text: str, number: str) -> bool:
    """Whether a text has more figures together, beside this number, than a date among words has."""
    left = _WORD.findall(text.replace(number, " ", 1))
    return any(sum(map(str.isdigit, word)) > _MOST_FIGURES_OF_A_DATE for word in left)


def issuer_in(text: str, is_state: Callable[[str], bool]) -> str:
    """The words at the start of a text that name a State or its people; "" where none do."""
    words = text.strip(" (").split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        said = " ".join(words[:count]).strip(".,;:()")
        if is_state(said):
            return said
    return ""


def _number(words: list[str], at: int) -> str:
    """The word with the figures, letters that stand before it, and the figures that follow it."""
    first = words[at].lstrip("(")
    before = words[at - 1] if at else ""
    parts = [first]
    if _LETTERS_BEFORE.fullmatch(before) and not _is_label(before):
        parts.insert(0, before)
    for word in words[at + 1 :]:
        if parts[-1][-1] in ".,;:)" or not word[0].isdigit():
            break
        parts.append(word)
    return " ".join(parts).rstrip(".,;:)")


def _is_label(word: str) -> bool:
    return word.strip(".:#°º").upper() in _LABELS


def _has_figure(word: str) -> bool:
    return any(char.isdigit() for char in word)
