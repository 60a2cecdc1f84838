"""Which definitions a check meets. Plain values: no clock, no table."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from openmidas.crossings.reading import name_key
from openmidas.health.definitions import Definition, Definitions, Symptom
from openmidas.health.entries import Contact, Visit


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured and told. ``itinerary``: with where the journey itself began, as of today."""

    temperature: float | None = None
    symptoms: tuple[Symptom, ...] = ()
    contact: Contact = Contact.UNKNOWN
    itinerary: tuple[Visit, ...] = ()


def met(definitions: Definitions, seen: Seen) -> tuple[str, ...]:
    """The codes of the definitions that this meets, in their order."""
    signs = signs_of(seen, definitions.fever_from)
    return tuple(
        one.code
        for one in definitions.definitions
        if _signs_meet(one, signs) and _exposed(one, seen)
    )


def signs_of(seen: Seen, fever_from: float) -> frozenset[Symptom]:
    """The symptoms, with fever where the temperature says so."""
    signs = frozenset(seen.symptoms)
    if seen.temperature is not None and seen.temperature >= fever_from:
        signs |= {Symptom.FEVER}
    return signs


def _signs_meet(one: Definition, signs: Collection[Symptom]) -> bool:
    if not set(one.needs) <= set(signs):
        return False
    return not one.any_of or len(set(one.any_of) & set(signs)) >= one.least


def _exposed(one: Definition, seen: Seen) -> bool:
    if not one.places and not one.contact:
        return True
    if one.contact and seen.contact is Contact.YES:
        return True
    # However it is written: "NZEREKORE ", "Nzérékoré ville", "Préfecture de Macenta". The key of a name has a
    # space on each side, so that whole words are found. One that has no letters would be in all.
    wanted = [key for place in one.places if (key := name_key(place)).strip()]
    places = [name_key(visit.place) for visit in seen.itinerary if visit.days_ago <= one.days]
    return any(key in place for place in places for key in wanted)
