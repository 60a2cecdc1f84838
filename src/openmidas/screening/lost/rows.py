"""What a list of lost and stolen documents says of one document."""

from __future__ import annotations

from typing import Literal, NamedTuple

from openmidas.screening.lost.reasons import Reason

Sort = Literal["passport", "identity", "visa"]
"""What kind of document: booklets of Doc 9303 part 4 (refugees' and emergency travel documents
too), cards (residence permits too), visas."""

SORTS: tuple[Sort, ...] = ("passport", "identity", "visa")


class LostRow(NamedTuple):
    """One document on a list; its number is as `written` gives it.

    ``sorts`` are all of them where the list does not say which; ``month``: when it was reported, see
    `reasons.month_number`; ``removed``: it is to be taken off.
    """

    issuer: str
    sorts: tuple[Sort, ...]
    number: str
    altered: bool
    reason: Reason = Reason.NOT_TOLD
    month: int = 0
    removed: bool = False


def sorts_of_code(code: str) -> tuple[Sort, ...]:
    """The kinds that a document code of Doc 9303 may stand for ("P", "PM", "ID", "AC", "V")."""
    match code[:1]:
        case "P":
            return ("passport",)
        case "I" | "A" | "C":
            return ("identity",)
        case "V":
            return ("visa",)
    return SORTS
