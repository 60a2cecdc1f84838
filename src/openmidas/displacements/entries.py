"""What the displacements room writes into journals. It names nobody.

Nothing is ever changed: a count that was wrong is followed by one that takes its place.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings.inspection import Direction
from openmidas.displacements import limits
from openmidas.journal import TO_HQ, Content, NodeKind, kind

PlaceName = Annotated[str, Meta(max_length=limits.PLACE)]
NamedPlace = Annotated[str, Meta(min_length=1, max_length=limits.PLACE)]
Words = Annotated[str, Meta(max_length=limits.WORDS)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Milliseconds = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=0, le=limits.MOST_PEOPLE)]


class Cause(StrEnum):
    """Why people had to leave, as they and those who received them say."""

    CONFLICT = "conflict"
    FLOOD = "flood"
    EXPULSION = "expulsion"
    DISEASE = "disease"
    OTHER = "other"


class Need(StrEnum):
    """What people lack who have just arrived."""

    WATER = "water"
    FOOD = "food"
    SHELTER = "shelter"
    MEDICAL = "medical"
    TRANSPORT = "transport"


class People(Struct, frozen=True, kw_only=True):
    """Numbers of people by what can be seen in passing: children, adults, and of which sex.

    ``adults``, ``children``: of whom nobody saw the sex; ``unseen``: nobody saw age or sex.
    """

    women: Number = 0
    men: Number = 0
    adults: Number = 0
    girls: Number = 0
    boys: Number = 0
    children: Number = 0
    unseen: Number = 0


class Special(Struct, frozen=True, kw_only=True):
    """How many of the people have special needs. One person may stand in several of these."""

    unaccompanied: Number = 0
    wounded: Number = 0
    pregnant: Number = 0
    elderly: Number = 0
    disabled: Number = 0


@kind("displacement.opened", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class DisplacementOpened(Content, frozen=True, kw_only=True):
    """People are coming from one place who will be counted together.

    ``since``: the day when it began, where the post is, as 2026-11-25; ``direction``: which way they
    cross here; ``incident``: the incident that told of it.
    """

    displacement: UUID
    origin: NamedPlace
    destination: PlaceName = ""
    since: Day
    cause: Cause
    direction: Direction
    incident: UUID | None = None
    words: Words = ""


@kind("displacement.counted", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class DisplacementCounted(Content, frozen=True, kw_only=True):
    """An officer counted so many people of a displacement.

    ``since``, ``until``: from when to when, in milliseconds since 1970 (``since`` None: not said);
    ``place``: where, empty: at the post; ``about``: it is an estimate; ``needs``: what these people
    lack; ``instead_of``: the count whose place this one takes.
    """

    count: UUID
    displacement: UUID
    people: People
    special: Special = Special()
    needs: Annotated[tuple[Need, ...], Meta(max_length=len(Need))] = ()
    since: Milliseconds | None = None
    until: Milliseconds
    place: PlaceName = ""
    about: bool = False
    instead_of: UUID | None = None


@kind("displacement.registered", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class DisplacementRegistered(Content, frozen=True, kw_only=True):
    """A traveller who was registered had been counted in a displacement before.

    Written again with the same ``mark`` and no displacement, it is taken back.
    """

    mark: UUID
    crossing: UUID
    displacement: UUID | None = None


@kind("displacement.closed", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class DisplacementClosed(Content, frozen=True, kw_only=True):
    """Nobody of a displacement is expected any more; or (``closed`` false) it goes on after all."""

    displacement: UUID
    closed: bool = True
