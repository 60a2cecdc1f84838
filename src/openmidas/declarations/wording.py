"""The codes of this room in words: animals, goods, units, what is told of papers, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.declarations.checks import Told
from openmidas.declarations.entries import Animal, GoodsKind, Unit, Vaccinated
from openmidas.declarations.models import What
from openmidas.declarations.projections import HEAD
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WHATS: Mapping[str, _StrPromise] = {
    What.HERD: pgettext_lazy("declaration", "Herd"),
    What.GOODS: pgettext_lazy("declaration", "Goods"),
}
ANIMALS: Mapping[str, _StrPromise] = {
    Animal.CATTLE: _("Cattle"),
    Animal.SHEEP: _("Sheep"),
    Animal.GOATS: _("Goats"),
    Animal.CAMELS: _("Camels"),
    Animal.DONKEYS: _("Donkeys"),
    Animal.HORSES: _("Horses"),
}
GOODS: Mapping[str, _StrPromise] = {
    GoodsKind.FOOD: pgettext_lazy("goods", "Food and farm produce"),
    GoodsKind.LIVESTOCK: pgettext_lazy("goods", "Meat, milk, hides"),
    GoodsKind.FUEL: pgettext_lazy("goods", "Fuel"),
    GoodsKind.TEXTILES: pgettext_lazy("goods", "Cloth and clothing"),
    GoodsKind.BUILDING: pgettext_lazy("goods", "Building material"),
    GoodsKind.HOUSEHOLD: pgettext_lazy("goods", "Household goods"),
    GoodsKind.OTHER: pgettext_lazy("goods", "Other goods"),
}
UNITS: Mapping[str, _StrPromise] = {
    HEAD: pgettext_lazy("unit", "head"),
    Unit.KILOGRAM: pgettext_lazy("unit", "kilograms"),
    Unit.TONNE: pgettext_lazy("unit", "tonnes"),
    Unit.LITRE: pgettext_lazy("unit", "litres"),
    Unit.BAG: pgettext_lazy("unit", "bags"),
    Unit.PIECE: pgettext_lazy("unit", "pieces"),
}
VACCINATED: Mapping[str, _StrPromise] = {
    Vaccinated.YES: pgettext_lazy("vaccinated", "yes"),
    Vaccinated.NO: pgettext_lazy("vaccinated", "no"),
    Vaccinated.UNKNOWN: pgettext_lazy("vaccinated", "not known"),
}
KINDS: Mapping[str, _StrPromise] = {**ANIMALS, **GOODS}
TOLD: Mapping[str, _StrPromise] = {
    "certificate_none": _("No certificate of transhumance was shown."),
    "certificate_number": _(
        "The number of the certificate is too short, or without a figure: read it again."
    ),
    "certificate_issuer": _("Who issued the certificate is not written down."),
    "certificate_undated": _("When the certificate was issued is not written down."),
    "certificate_in_future": _("The certificate is dated %(date)s, which has not come yet."),
    "certificate_old": _("The certificate is of %(date)s: more than %(days)s days old."),
    "vaccinated_no": _("The animals are not vaccinated: tell the livestock service."),
    "vaccinated_unknown": _("Whether the animals are vaccinated is not known."),
    "herders_none": _("Nobody drives the herd: ask whose it is."),
}
REFUSALS: Mapping[str, _StrPromise] = {
    "declaration.nothing": _("Nothing is declared yet: write at least one number."),
    "declaration.twice": _("One kind stands there twice."),
    "declaration.unknown": _("No such declaration was made at this post."),
    "declaration.corrected": _(
        "This declaration was corrected already. Correct the one that took its place."
    ),
}


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence) % refused.params


def word_told(told: Told) -> str:
    """What is told of a herd's papers. Raises `KeyError` for a code that has no words."""
    return str(TOLD[told.code]) % told.params


def word(words: Mapping[str, _StrPromise], code: str) -> str:
    """The word for a code; the code itself where a newer node wrote it."""
    return str(words.get(code, code))
