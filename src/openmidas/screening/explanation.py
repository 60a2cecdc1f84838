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
    by = weights or shipped_weights()
    return (
        _name(found, query, listing),
        _birth(found, query, listing, by),
        _sex(found, query, listing, by),
        _nationality(found, query, listing, by),
        _number(found, query, listing, by),
    )


def _name(found: Comparison, query: Query, listing: Listing) -> Evidence:
    ours = f"{query.surname} {query.given_names}".strip()
    theirs = listing.names[found.name].text if listing.names else ""
    met = found.parts
    parts = tuple([NamePart(part.ours, part.theirs, part.how, part.weight) for part in met])
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


def _birth(found: Comparison, query: Query, listing: Listing, by: Weights) -> Evidence:
    ours = query.birth.text() if query.birth else ""
    how = HOW[found.birth]
    if how in ("not_known", "different"):
        theirs = "; ".join(birth.text for birth in listing.births)
    else:
        theirs = listing.births[found.birth_at].text
    return Evidence("birth", _AGREES.get(how), ours, theirs, how, by.birth[found.birth])


def _sex(found: Comparison, query: Query, listing: Listing, by: Weights) -> Evidence:
    return _field("sex", found.sex, query.sex or "", listing.sex or "", by.sex)


def _nationality(found: Comparison, query: Query, listing: Listing, by: Weights) -> Evidence:
    theirs = ", ".join(listing.nationalities)
    return _field("nationality", found.nationality, query.nationality or "", theirs, by.nationality)


def _field(
    field: Field, agrees: bool | None, ours: str, theirs: str, weights: tuple[float, float]
) -> Evidence:
    how: How = "not_known" if agrees is None else "same" if agrees else "different"
    return Evidence(field, agrees, ours, theirs, how, agreement_weight(agrees, weights))


def _number(found: Comparison, query: Query, listing: Listing, by: Weights) -> Evidence:
    ours = " ".join(part for part in (query.number_issuer, query.number) if part)
    weight = number_weight(found.number, by)
    numbered = [item for item in listing.documents if number_key(item.number)]
    if found.number in ("alone", "supports", "other_issuer"):
        document = numbered[found.number_at]
        same = found.number != "other_issuer"
        how: How = "same" if same else "other_issuer"
        return Evidence("number", same, ours, document.text or document.number, how, weight)
    theirs = ", ".join(item.number for item in listing.documents if item.number)
    how = "different" if ours and theirs else "not_known"
    return Evidence("number", None, ours, theirs, how, weight)
