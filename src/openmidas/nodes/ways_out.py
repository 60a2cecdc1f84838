"""Every way by which what is known of persons leaves a node, in one list, each with its recipient.

The room that opens a way registers it here, under the names of its doors::

    API = register_way_out("api.crossings", Recipient.STATE_SYSTEM, doors=("url:api-crossings",), ...)

A test walks all addresses, commands and messages, and fails where one of them is no door of a way.

Some of what a node knows goes to nobody else, a claim to asylum before all: who is told of it in the
State that somebody fled from may harm them or theirs. What is *confined* (`journal.kinds.EntryKind`)
passes by no way but those whose recipient is in `TRUSTED`; which crossings tell of such a claim is known
in a room above, which registers itself::

    register_claims(crossings_with_a_claim)

There is no setting, role or argument that lets more through: journals pass `may_carry`, tables
`tellable`, and whatever tells another State of a crossing `withheld`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from uuid import UUID

import msgspec

from openmidas.journal.kinds import find_kind


class Recipient(StrEnum):
    """Who gets what a way carries. What no other says is `OUTSIDE`."""

    OWN_HQ = "own_hq"
    """The HQ of the same State, which copies the journal."""
    WRITER = "writer"
    """The node that wrote it: its own backup, and what the HQ gives back to it."""
    PROTECTION = "protection"
    """Whom the State's own pathway names for this person: the protection authority, its partner."""
    OWN_POST = "own_post"
    STATE_OFFICE = "state_office"
    """Officers of the State, on paper or as a file: it goes where no page asks for a role any more."""
    STATE_SYSTEM = "state_system"
    """Another computer system of the State."""
    MACHINE_ROOM = "machine_room"
    """Whoever administers the machine: what commands print, and what a monitor collects."""
    TRAVELLER = "traveller"
    NEIGHBOUR = "neighbour"
    """Another State, by an agreement."""
    OUTSIDE = "outside"


TRUSTED = frozenset({Recipient.OWN_HQ, Recipient.WRITER, Recipient.PROTECTION})
"""To whom what is confined may go."""
ABROAD = frozenset({Recipient.NEIGHBOUR, Recipient.OUTSIDE})
"""Who may be, or may tell, the State of origin: to them even the bare crossing is withheld."""


class WayOut(msgspec.Struct, frozen=True, kw_only=True):
    """One way. ``carries``: what of persons, for people who read the list.

    ``doors``: where it opens: "url:NAME", "command:NAME SUB", "message:STRUCT", "file:NAME".
    """

    name: str
    recipient: Recipient
    carries: str
    doors: tuple[str, ...]


Claims = Callable[[Collection[UUID]], Collection[UUID]]

_ways: dict[str, WayOut] = {}
_claims: list[Claims] = []
_columns: dict[str, set[str]] = {}
_told: dict[str, list[tuple[WayOut, tuple[str, ...]]]] = {}


def register_way_out(
    name: str, recipient: Recipient, *, carries: str, doors: tuple[str, ...]
) -> WayOut:
    """A way by which data on persons leave this node. Raises `ValueError` where a name is taken."""
    way = WayOut(name=name, recipient=recipient, carries=carries, doors=doors)
    if _ways.setdefault(name, way) != way:
        raise ValueError(f"the way {name} is registered twice")
    return way


def ways_out() -> tuple[WayOut, ...]:
    """All of them, by name."""
    return tuple(_ways[name] for name in sorted(_ways))


def register_claims(claims: Claims) -> None:
    """A higher room knows which of some crossings tell of a claim to protection; twice does nothing."""
    if claims not in _claims:
        _claims.append(claims)


def with_a_claim(crossings: Collection[UUID]) -> frozenset[UUID]:
    """Those of these crossings that tell of a claim: by a referral, or by why somebody was referred."""
    return frozenset(id for claims in _claims for id in claims(crossings))


def withheld(way: WayOut, crossings: Collection[UUID]) -> frozenset[UUID]:
    """Those of these crossings of which this way says nothing at all, not even that they were.

    Whatever is told to another State asks this first, and leaves these out.
    """
    return with_a_claim(crossings) if way.recipient in ABROAD else frozenset()


def may_tell(way: WayOut) -> bool:
    """Whether this way may carry what is confined: what a referral says, and why somebody was referred."""
    return way.recipient in TRUSTED


def may_carry(way: WayOut, kind: str) -> bool:
    """Whether this way may carry the body of a journal entry of this kind.

    Nothing goes abroad as a journal entry: a neighbour is told agreed fields, past `withheld`. A kind
    that this version does not know may be a confined one.
    """
    if way.recipient in ABROAD:
        return False
    known = find_kind(kind)
    return way.recipient in TRUSTED or (known is not None and not known.confined)


def confine_columns(table: str, columns: Iterable[str]) -> None:
    """These columns of a table tell, or may tell, of a claim: only a trusted way reads them.

    Raises `ValueError` where a way that is not trusted tells one of them already.
    """
    _columns.setdefault(table, set()).update(columns)
    for way, told in _told.get(table, ()):
        _check_columns(way, table, told)


def tellable(way: WayOut, table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that a way tells of a table, as they are given: asked for where they are declared.

    Raises `ValueError` where one of them is confined and the way is not trusted: such a program does
    not start, in whichever order its rooms are loaded.
    """
    _check_columns(way, table, columns)
    _told.setdefault(table, []).append((way, columns))
    return columns


def _check_columns(way: WayOut, table: str, columns: tuple[str, ...]) -> None:
    confined = _columns.get(table, set()).intersection(columns)
    if confined and not may_tell(way):
        raise ValueError(f"{way.name} may not tell {', '.join(sorted(confined))} of {table}")
