"""A comparison told field by field: what agrees, what differs, and how much each says."""

from __future__ import annotations

from openmidas.screening.alignments import Part
from openmidas.screening.births import HOW
from openmidas.screening.comparing import Comparison, agreement_weight, number_weight
from openmidas.screening.evidence import Evidence, Field, How, NamePart, Query
from openmidas.screening.listings import Listing
from openmidas.screening.numbers import number_key
from openmidas.screening.weights import Weights, shipped_weights

_AGREES = {"same_day": True, "same_period": True, "different": False}


def explain(
    found: Comparison, query: Query, listing: Listing, weights: Weights | None = None
) -> tuple[Evidence, ...]:
    """The evidence of a comparison of these two: one for each field, weights adding to the score.

    `weights`: those that it was compared with.
    """
    return Explaining(query, weights).explain(found, listing)


class Explaining:
    """Explains what was found of one traveller; whose side is put into words once."""

    def __init__(self, query: Query, weights: Weights | None = None) -> None:
        self._by = weights or shipped_weights()
        self._name = f"{query.surname} {query.given_names}".strip()
        self._birth = query.birth.text() if query.birth else ""
        self._sex = query.sex or ""
        self._nationality = query.nationality or ""
        self._number = " ".join(part for part in (query.number_issuer, query.number) if part)

    def explain(self, found: Comparison, listing: Listing) -> tuple[Evidence, ...]:
        """As `explain` of this module."""
        by, states = self._by, listing.nationalities
        theirs = states[0] if len(states) == 1 else ", ".join(states)
        return (
            _name(found, self._name, listing),
            _birth(found, self._birth, listing, by),
            _field("sex", found.sex, self._sex, listing.sex or "", by.sex),
            _field("nationality", found.nationality, self._nationality, theirs, by.nationality),
            _number(found, self._number, listing, by),
        )


def _name(found: Comparison, ours: str, listing: Listing) -> Evidence:
    theirs = listing.names[found.name].text if listing.names else ""
    met = found.parts
    parts = tuple([NamePart(ours, theirs, how, weight) for ours, theirs, how, weight, _, _ in met])
    how = _how_of_name(met)
    agrees = None if how == "not_known" else how != "different"
    return Evidence("name", agrees, ours, theirs, how, found.name_weight, parts)


def _how_of_name(parts: tuple[Part, ...]) -> How:
    naming = met = ours = theirs = False
    whole = True
    for part in parts:
        ours, theirs = ours or bool(part.ours), theirs or bool(part.theirs)
        met = met or part.how not in ("extra", "cut", "low_quality", "together")
        naming = naming or part.naming > 0
        # Particles and titles may be missing on either side: that is still the whole name.
        whole = whole and part.how != "clash" and not part.missing
    if not met:
        return "different" if ours and theirs else "not_known"
    if not naming:
        return "different"
    return "all_parts" if whole else "some_parts"


def _birth(found: Comparison, ours: str, listing: Listing, by: Weights) -> Evidence:
    how = HOW[found.birth]
    if how in ("not_known", "different"):
        theirs = "; ".join([birth.text for birth in listing.births])
    else:
        theirs = listing.births[found.birth_at].text
    return Evidence("birth", _AGREES.get(how), ours, theirs, how, by.birth[found.birth])


def _field(
    field: Field, agrees: bool | None, ours: str, theirs: str, weights: tuple[float, float]
) -> Evidence:
    how: How = "not_known" if agrees is None else "same" if agrees else "different"
    return Evidence(field, agrees, ours, theirs, how, agreement_weight(agrees, weights))


def _number(found: Comparison, ours: str, listing: Listing, by: Weights) -> Evidence:
    weight = number_weight(found.number, by)
    if found.number in ("alone", "supports", "other_issuer"):
        numbered = [item for item in listing.documents if number_key(item.number)]
        document = numbered[found.number_at]
        same = found.number != "other_issuer"
        how: How = "same" if same else "other_issuer"
        return Evidence("number", same, ours, document.text or document.number, how, weight)
    theirs = ", ".join([item.number for item in listing.documents if item.number])
    how = "different" if ours and theirs else "not_known"
    return Evidence("number", None, ours, theirs, how, weight)
