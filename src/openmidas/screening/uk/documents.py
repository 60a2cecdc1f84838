"""Documents in the British tables: numbers among words, several in a cell, details beside them.

Until 2022 a passport had one column for everything: "(1) OR801168 (Afghan). Issued on 28 Feb 2006.
(2) 4117921 (Pakistani)". Since then number and details stand apart, and either may be missing.
"""

from __future__ import annotations

import re

from openmidas.screening.formats.draft import Draft, document_kind, is_state_text
from openmidas.screening.formats.number_texts import issuer_in, read_number_text

# "(1) Iran (2) Iraq", "1) Saudi Arabia 2) Qatar", "… (b) 973406"
_SEVERAL = re.compile(r"(?:^|(?<=\s))(?:\(?\d{1,2}\)|\([a-h]\))(?=\s|$)")
_FIGURE = re.compile(r"\d")
_WORDS = {"passport": "passport", "national_id": "national id"}


def each(text: str) -> list[str]:
    """The values of a cell that numbers them, each once."""
    found = (part.strip(" .,;") for part in _SEVERAL.split(text))
    return list(dict.fromkeys(part for part in found if part))


def add_documents(draft: Draft, field: str, kind: str, numbers: str, more: str) -> None:
    """The documents of two cells: the numbers, and what is said of them."""
    said = each(numbers)
    details = each(more)
    if not said:
        said, details, more = details, [], ""
    common = " ".join(part for part in said if not _FIGURE.search(part))
    numbered = [part for part in said if _FIGURE.search(part)]
    pairs = len(details) == len(numbered)
    for number, detail in zip(numbered, details if pairs else [more] * len(numbered), strict=True):
        # Of which of several numbers the details name the State, nobody knows.
        issuer_told = pairs or len(numbered) == 1 or not detail
        _add_document(draft, field, kind, number, detail or common, issuer_told=issuer_told)
    if common and not numbered:
        draft.add_detail("note", common, field)
    elif not numbered:
        draft.add_detail("note", more, field)


def _add_document(
    draft: Draft, field: str, kind: str, number: str, more: str, *, issuer_told: bool
) -> None:
    read = read_number_text(number, is_state_text)
    beside = "" if read is not None and number == read.number else number
    told = _WORDS.get(document_kind(beside), kind)
    issuer = read.issuer if read else ""
    if not issuer and issuer_told:
        issuer = issuer_in(more, is_state_text)
    text = "; ".join(part for part in (f"{kind} {number}", more) if part)
    draft.add_document(field, number, told, issuer, text)
