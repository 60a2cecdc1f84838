"""What the declarations room writes into journals.

Whose a herd is, its certificate, and with which crossing herd or goods came, is an entry of its own: it
is erased with the crossing, and the numbers stay. Places are as somebody wrote them. Nothing is changed: a
correction is another declaration that takes the place of the first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.declarations import limits
from openmidas.journal import TO_HQ, Content, NodeKind, kind

Place = Annotated[str, Meta(max_length=limits.PLACE)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Animal(StrEnum):
    """Animals that are driven across."""

    CATTLE = "cattle"
    SHEEP = "sheep"
    GOATS = "goats"
    CAMELS = "camels"
    DONKEYS = "donkeys"
    HORSES = "horses"


class Vaccinated(StrEnum):
    """Whether the animals are vaccinated, as the herders or their certificate say."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class GoodsKind(StrEnum):
    """Chapters of the Harmonised System, put together to what an officer sees on a cart."""

    FOOD = "food"
    LIVESTOCK = "livestock"
    FUEL = "fuel"
    TEXTILES = "textiles"
    BUILDING = "building"
    HOUSEHOLD = "household"
    OTHER = "other"


class Unit(StrEnum):
    """In what goods are told."""

    KILOGRAM = "kg"
    TONNE = "t"
    LITRE = "l"
    BAG = "bag"
    PIECE = "piece"


class Currency(StrEnum):
    """In what a value is told."""

    XOF = "XOF"
    GNF = "GNF"
    MRU = "MRU"
    NGN = "NGN"
    EUR = "EUR"
    USD = "USD"


class Animals(Struct, frozen=True, kw_only=True):
    """So many animals of one kind."""

    kind: Animal
    number: Annotated[int, Meta(ge=1, le=limits.MOST_ANIMALS)]


class Certificate(Struct, frozen=True, kw_only=True):
    """The international certificate of transhumance (ECOWAS Decision A/DEC.5/10/98), as it was shown."""

    number: Annotated[str, Meta(min_length=1, max_length=limits.CERTIFICATE)]
    issuer: Annotated[str, Meta(max_length=limits.ISSUER)] = ""
    day: Annotated[str, Meta(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""


class Load(Struct, frozen=True, kw_only=True):
    """So much of one kind of goods."""

    kind: GoodsKind
    quantity: Annotated[float, Meta(gt=0, le=limits.MOST_QUANTITY)]
    unit: Unit


@kind("herd.declared", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class HerdDeclared(Content, frozen=True, kw_only=True):
    """A herd crosses. ``corrects``: the declaration that this one takes the place of.

    ``animals``: none in a correction that takes a declaration back; ``herders``: None where nobody
    counted them; ``route``: places between, in the order in which they are passed; ``certified``: whether
    a certificate was shown; ``day``: on which the first of them was declared, of a correction.
    """

    declaration: UUID
    direction: Direction
    animals: tuple[Animals, ...]
    corrects: UUID | None = None
    day: Day | None = None
    herders: Annotated[int, Meta(ge=0, le=limits.MOST_HERDERS)] | None = None
    origin: Place = ""
    destination: Place = ""
    route: Annotated[str, Meta(max_length=limits.ROUTE)] = ""
    vaccinated: Vaccinated = Vaccinated.UNKNOWN
    certified: bool = False


@kind("goods.declared", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class GoodsDeclared(Content, frozen=True, kw_only=True):
    """Goods cross. ``corrects``, ``day``, and no goods: as of a herd. ``value``: of all, if it is told."""

    declaration: UUID
    direction: Direction
    goods: tuple[Load, ...]
    corrects: UUID | None = None
    day: Day | None = None
    conveyance: Conveyance = Conveyance.FOOT
    origin: Place = ""
    destination: Place = ""
    value: Annotated[int, Meta(ge=1, le=limits.MOST_VALUE)] | None = None
    currency: Currency = Currency.XOF


@kind("declarant.named", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class DeclarantNamed(Content, frozen=True, kw_only=True):
    """Whose a declared herd is, its certificate, and with which crossing herd or goods came."""

    declaration: UUID
    crossing: UUID | None = None
    owner: Annotated[str, Meta(max_length=limits.OWNER)] = ""
    certificate: Certificate | None = None
