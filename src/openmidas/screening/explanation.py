"""Field by field: what agrees, what differs, and how much each says."""

from __future__ import annotations

from dataclasses import dataclass

from openmidas.screening.alignment import Alignment
from openmidas.screening.births import BirthFinding
from openmidas.screening.evidence import Evidence, Field, How, Query
from openmidas.screening.listings import ListedDocument, ListedName, Listing
from openmidas.screening.matching import Findings
from openmidas.screening.numbers import compare_issuers, number_key, speaks_alone

# Bits, rounded from how often strangers agree: one in some 14,000 shares a day of birth within
# forty years, one in forty a year, one in two a sex. A lie or an error costs less than a stranger.
_BIRTH_BITS = {
    "same_day": 13.0,
    "same_period": 5.0,
    "near": 1.0,
    "not_known": 0.0,
    "different": -8.0,
}
_LONG_PERIOD_BITS = 2.0
_SEX_BITS = (1.0, -4.0)
_NATIONALITY_BITS = (3.0, -2.0)
_NUMBER_BITS = 20.0
_NUMBER_SUPPORT_BITS = 4.0
_LOW_QUALITY_FACTOR = 0.5

_AGREES = {"same_day": True, "same_period": True, "different": False}


@dataclass(frozen=True, slots=True)
class Met:
    """Where a query met a listing: the name, how it goes together, the birth, the document."""

    name: ListedName
    alignment: Alignment | None
    birth: BirthFinding
    document: ListedDocument | None


def explain(query: Query, listing: Listing, met: Met) -> tuple[Findings, tuple[Evidence, ...]]:
    """The findings to judge by, and the same as evidence for people, one for each field."""
    key = number_key(query.number)
    alone = met.document is not None and speaks_alone(key, query.number_issuer, met.document)
    evidence = (
        _name(query, met),
        _birth(query, met.birth),
        _sex(query, listing),
        _nationality(query, listing),
        _number(query, listing, met.document, alone),
    )
    findings = Findings(
        grade=met.alignment.grade if met.alignment else None,
        name_bits=met.alignment.bits if met.alignment else 0.0,
        quality=met.name.quality,
        birth=met.birth,
        sex=evidence[2].agrees,
        nationality=evidence[3].agrees,
        number_alone=alone,
        number_agrees=evidence[4].agrees is True,
    )
    return findings, evidence


def _name(query: Query, met: Met) -> Evidence:
    ours = f"{query.surname} {query.given_names}".strip()
    if not met.name.text:
        return Evidence("name", None, ours, "", "not_known", 0.0)
    if met.alignment is None:
        return Evidence("name", False, ours, met.name.text, "different", 0.0)
    factor = _LOW_QUALITY_FACTOR if met.name.quality == "low" else 1.0
    bits = round(met.alignment.bits * factor, 1)
    return Evidence("name", True, ours, met.name.text, met.alignment.grade, bits)


def _birth(query: Query, birth: BirthFinding) -> Evidence:
    ours = query.birth.text() if query.birth else ""
    bits = _BIRTH_BITS[birth.how]
    if birth.how == "same_period" and not birth.short:
        bits = _LONG_PERIOD_BITS
    return Evidence("birth", _AGREES.get(birth.how), ours, birth.theirs, birth.how, bits)


def _sex(query: Query, listing: Listing) -> Evidence:
    ours, theirs = query.sex or "", listing.sex or ""
    if ours not in ("F", "M") or not theirs:
        return Evidence("sex", None, ours, theirs, "not_known", 0.0)
    return _same_or_not("sex", ours == theirs, ours, theirs, _SEX_BITS)


def _nationality(query: Query, listing: Listing) -> Evidence:
    ours, theirs = query.nationality or "", ", ".join(listing.nationalities)
    if not ours or not theirs:
        return Evidence("nationality", None, ours, theirs, "not_known", 0.0)
    same = ours in listing.nationalities
    return _same_or_not("nationality", same, ours, theirs, _NATIONALITY_BITS)


def _same_or_not(
    field: Field, same: bool, ours: str, theirs: str, bits: tuple[float, float]
) -> Evidence:
    how: How = "same" if same else "different"
    return Evidence(field, same, ours, theirs, how, bits[0] if same else bits[1])


def _number(
    query: Query, listing: Listing, document: ListedDocument | None, alone: bool
) -> Evidence:
    ours = " ".join(part for part in (query.number_issuer, query.number) if part)
    if document is not None:
        how = compare_issuers(query.number_issuer, document)
        agrees = how == "same"
        bits = (_NUMBER_BITS if alone else _NUMBER_SUPPORT_BITS) if agrees else 0.0
        return Evidence("number", agrees, ours, document.text or document.number, how, bits)
    theirs = ", ".join(item.number for item in listing.documents if item.number)
    # Another number says nothing: people renew documents, and forge them.
    known: How = "different" if ours and theirs else "not_known"
    return Evidence("number", None, ours, theirs, known, 0.0)
