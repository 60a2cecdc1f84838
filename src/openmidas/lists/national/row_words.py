"""What a row of a State's own table says of its listing beside who it is: its own word goes before what
was said for all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from django.utils import translation

from openmidas.lists.national.categories import CODES, Action, Category
from openmidas.lists.national.entries import Said
from openmidas.lists.national.wording import ACTIONS, CATEGORIES
from openmidas.screening import ColumnRead, Listing, Problem
from openmidas.screening.formats.birth_texts import read_birth_text
from openmidas.screening.own.columns import fold_heading
from openmidas.screening.problems import ProblemCode

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_OWN = ("legal_basis", "authority", "action", "review")
_LONGEST = 200


class RowSaid(msgspec.Struct, frozen=True):
    """A listing without what was understood of these columns, what holds for it, and what was not."""

    listing: Listing
    common: Said
    wrong: tuple[Problem, ...]


def of_row(listing: Listing, common: Said, columns: Sequence[ColumnRead]) -> RowSaid:
    """Take category, action, review date, legal basis and authority from the row where it has them.

    A word that is not known stays in the listing, is told, and what was said for all rows holds.
    """
    headings = {one.heading: one.meaning for one in columns if one.meaning in _OWN}
    details, wrong = [], []
    changes: dict[str, object] = {}
    for detail in listing.details:
        heading, _, text = detail.text.partition(": ")
        meaning = headings.get(heading, "") if detail.kind == "note" else ""
        found = _understood(meaning, text) if meaning else {}
        changes |= found
        if not found:
            details.append(detail)
        if meaning and not found:
            code: ProblemCode = "unreadable_date" if meaning == "review" else "unknown_value"
            wrong.append(Problem(listing.id, heading, code, text))
    category = _codes("category").get(fold_heading(listing.programme))
    programme = listing.programme
    if category:
        changes["category"], programme = Category(category), ""
    return RowSaid(
        msgspec.structs.replace(listing, details=tuple(details), programme=programme),
        msgspec.structs.replace(common, **changes),
        tuple(wrong),
    )


def _understood(meaning: str, text: str) -> dict[str, object]:
    if meaning == "review":
        day = read_birth_text(text)
        known = day is not None and day.earliest is not None and day.earliest == day.latest
        return {"expires_on": day.earliest} if day is not None and known else {}
    if meaning == "action":
        action = _codes("action").get(fold_heading(text))
        return {"action": Action(action)} if action else {}
    return {meaning: text} if len(text) <= _LONGEST else {}


@cache
def _codes(of: str) -> Mapping[str, str]:
    """The codes by their words in French and in English, and by themselves."""
    words: Mapping[str, _StrPromise] = CATEGORIES if of == "category" else ACTIONS
    found = {fold_heading(code): code for code in words}
    found |= {fold_heading(code.replace("_", " ")): code for code in words}
    if of == "action":
        found |= {code: action for action, code in CODES.items()}
    for language in ("fr", "en"):
        with translation.override(language):
            found |= {fold_heading(str(word)): code for code, word in words.items()}
    return found
