"""What is written of travellers' health: for the HQ and nobody else, and there for one compartment.

A check is what was measured and told. It is no diagnosis, and none of its fields holds one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.cases.referrals.pathways import Code
from openmidas.crossings.limits import PLACE
from openmidas.health import limits
from openmidas.health.definitions import Definitions, Symptom
from openmidas.journal import TO_HQ, TO_STATE, Content, NodeKind, kind

PlaceName = Annotated[str, Meta(min_length=1, max_length=PLACE)]
DaysAgo = Annotated[int, Meta(ge=0, le=limits.FURTHEST_BACK)]
Degrees = Annotated[float, Meta(ge=limits.COLDEST, le=limits.HOTTEST)]
Words = Annotated[str, Meta(max_length=limits.WORDS)]


class Contact(StrEnum):
    """Whether somebody was with a sick or dead person within the time that counts."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Word(StrEnum):
    """All that others are told of the health check of a traveller."""

    GO_ON = "go_on"
    STAYS = "stays"


class Visit(Struct, frozen=True, kw_only=True):
    """One place of an itinerary, and how many days ago the traveller was there."""

    place: PlaceName
    days_ago: DaysAgo


@kind("health.checked", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class HealthChecked(Content, frozen=True, kw_only=True):
    """Somebody of the medical compartment checks the traveller of a crossing.

    ``temperature``: degrees Celsius, None where it was not taken; ``edition``, ``met``: of which
    definitions, and the codes of those that the check meets; None and nothing where none were published.
    """

    check: UUID
    crossing: UUID
    temperature: Degrees | None = None
    symptoms: Annotated[tuple[Symptom, ...], Meta(max_length=limits.MOST_SYMPTOMS)] = ()
    contact: Contact = Contact.UNKNOWN
    itinerary: Annotated[tuple[Visit, ...], Meta(max_length=limits.MOST_PLACES)] = ()
    words: Words = ""
    edition: UUID | None = None
    met: Annotated[tuple[Code, ...], Meta(max_length=limits.MOST_DEFINITIONS)] = ()


@kind("health.answered", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class HealthAnswered(Content, frozen=True, kw_only=True):
    """Health has finished with the traveller for now: others read the word, and nothing else."""

    answer: UUID
    crossing: UUID
    word: Word


@kind("definitions.published", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class DefinitionsPublished(Content, frozen=True, kw_only=True):
    """The HQ publishes when a health check raises an alert."""

    edition: UUID
    definitions: Definitions
