"""What the residents room writes into journals.

Nothing is changed: whoever was registered by mistake gets another card, and the first is revoked.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings.cards import CardEnd
from openmidas.crossings.inspection import Traveller
from openmidas.crossings.limits import NUMBER
from openmidas.journal import TO_HQ, TO_NODE, Content, NodeKind, kind
from openmidas.residents import limits

CardNumber = Annotated[str, Meta(pattern="^R[0-9]{13}$")]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Village = Annotated[str, Meta(min_length=1, max_length=limits.VILLAGE)]
Plate = Annotated[str, Meta(max_length=limits.PLATE)]
Said = Annotated[str, Meta(min_length=1, max_length=limits.FACT)]


class ResidentKind(StrEnum):
    """As what somebody crosses every day."""

    RESIDENT = "resident"
    DRIVER = "driver"


class Fact(Struct, frozen=True, kw_only=True):
    """Something that only the resident and the post know: by it they are known without the card."""

    question: Said
    answer: Said


@kind("resident.registered", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ResidentRegistered(Content, frozen=True, kw_only=True):
    """Somebody who lives at the border is registered, once, and gets a card.

    ``until``: the last day of the card, written as 2026-11-25; ``plate``: of a moto-taxi driver;
    ``document``: the number of a document that they showed, if they have one; ``asked``: whether the next
    entry keeps questions.
    """

    resident: UUID
    number: CardNumber
    kind: ResidentKind
    traveller: Traveller
    village: Village
    until: Day
    plate: Plate = ""
    document: Annotated[str, Meta(max_length=NUMBER)] = ""
    asked: bool = False


@kind("resident.facts_kept", version=1, audience=TO_NODE, authority=[NodeKind.POST])
class ResidentFactsKept(Content, frozen=True, kw_only=True):
    """What a resident is asked who forgot the card. It leaves the post for nobody, the HQ included."""

    resident: UUID
    facts: Annotated[tuple[Fact, ...], Meta(min_length=1, max_length=limits.FACTS)]


@kind("resident.renewed", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ResidentRenewed(Content, frozen=True, kw_only=True):
    """A card holds for longer: until this day, the last one included."""

    resident: UUID
    until: Day


@kind("resident.revoked", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ResidentRevoked(Content, frozen=True, kw_only=True):
    """A card holds no more, for good: whoever is to have one again is registered again."""

    resident: UUID
    end: CardEnd
    words: Annotated[str, Meta(max_length=limits.WORDS)] = ""
