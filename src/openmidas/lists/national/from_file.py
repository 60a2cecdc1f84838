"""A State's own list that comes as a file, whichever reader read it: its listings as proposals.

The file says who; category, action, review date and what else a listing needs are said once, for all of
them. Nothing that was read is thrown away: what has no field of its own stands in the reason.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from openmidas.documents import is_state
from openmidas.lists.national.entries import MOST_EACH, BirthOf, DocumentOf, NameOf, Said
from openmidas.posts.refusals import Refused
from openmidas.screening import ListedDocument, ListedName, Listing
from openmidas.screening.names import fold
from openmidas.screening.numbers import number_key

MOST = 5_000
"""So many proposals of one file are written, and approved, in the time that a page may take."""

_LONGEST, _LONGEST_REASON = 200, 2_000


class FromFile(msgspec.Struct, frozen=True, kw_only=True):
    """The listings of a file. ``left_out``: references of those that nobody can be compared with."""

    said: tuple[Said, ...]
    left_out: tuple[str, ...]


def from_file(listings: Iterable[Listing], common: Said) -> FromFile:
    """What to propose of a file. ``common``: what holds for all of them, with nobody in it.

    Organisations, and listings with neither a name nor a number, are left out. Raises `Refused`
    ``batch.large`` for more than `MOST`.
    """
    said: list[Said] = []
    left_out: list[str] = []
    for listing in listings:
        one = None if listing.kind == "entity" else said_of(listing, common)
        if one is None:
            left_out.append(listing.id)
        else:
            said.append(one)
        if len(said) > MOST:
            raise Refused("batch.large", most=str(MOST))
    return FromFile(said=tuple(said), left_out=tuple(left_out))


def said_of(listing: Listing, common: Said) -> Said | None:
    """What to propose of a person or document; None where there is neither a name nor a number."""
    names = [name for name in listing.names if fold(name.text)][:MOST_EACH]
    documents = [d for d in listing.documents if number_key(d.number)][:MOST_EACH]
    if not names and not documents:
        return None
    states = [code for code in listing.nationalities if is_state(code)][:MOST_EACH]
    births = [
        BirthOf(birth.earliest, birth.latest, birth.text[:_LONGEST])
        for birth in listing.births[:MOST_EACH]
    ]
    return msgspec.structs.replace(
        common,
        reason=_reason(listing, common, names, documents, states),
        names=tuple(NameOf(name.text[:_LONGEST], name.quality, name.script[:4]) for name in names),
        births=tuple(births) if names else (),
        sex=listing.sex if names else None,
        nationalities=tuple(states) if names else (),
        documents=tuple(
            DocumentOf(d.kind, d.number[:64], _issuer(d), d.text[:_LONGEST]) for d in documents
        ),
    )


def _reason(
    listing: Listing,
    common: Said,
    names: list[ListedName],
    documents: list[ListedDocument],
    states: list[str],
) -> str:
    """What the file says beside, and what of it fits no field; what is said for all where it says nothing."""
    parts = [listing.id, listing.programme, listing.remarks]
    parts += [f"{detail.kind}: {detail.text}" for detail in listing.details]
    parts += [name.text for name in listing.names if name not in names]
    parts += [one.text or one.number for one in listing.documents if one not in documents]
    parts += [code for code in listing.nationalities if code not in states]
    if not names:
        parts += [*(birth.text for birth in listing.births), listing.sex or "", *states]
    if listing.listed_on is not None:
        parts.append(listing.listed_on.isoformat())
    parts += listing.unread
    return "; ".join([common.reason, *filter(None, parts)])[:_LONGEST_REASON]


def _issuer(document: ListedDocument) -> str | None:
    return document.issuer if document.issuer and is_state(document.issuer) else None
