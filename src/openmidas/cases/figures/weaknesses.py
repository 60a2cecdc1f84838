"""Why a listing may meet people whom it does not mean: what it leaves unsaid, or says too much of."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from openmidas.cases.figures.limits import FEW_BITS, LONG_PERIOD_DAYS, MANY_NAMES
from openmidas.screening import Lexicon, Listing


class Weakness(StrEnum):
    """What keeps a listing from telling its person from others, the most telling first."""

    NO_BIRTH = "no_birth"
    YEAR_ONLY = "year_only"
    SINGLE_NAME = "single_name"
    COMMON_NAME = "common_name"
    MANY_NAMES = "many_names"
    NO_DOCUMENT = "no_document"
    NO_NATIONALITY = "no_nationality"


def weaknesses(listing: Listing, lexicon: Lexicon) -> Iterator[Weakness]:
    """What this listing lacks; nothing where it says all that a list can."""
    spans = [
        (one.latest - one.earliest).days for one in listing.births if one.earliest and one.latest
    ]
    if not spans:
        yield Weakness.NO_BIRTH
    elif min(spans) > LONG_PERIOD_DAYS:
        yield Weakness.YEAR_ONLY
    names = [
        [token for token in lexicon.tokens(name.text) if token.naming] for name in listing.names
    ]
    if any(len(tokens) == 1 for tokens in names):
        yield Weakness.SINGLE_NAME
    elif names and min(sum(token.sound_bits for token in tokens) for tokens in names) < FEW_BITS:
        yield Weakness.COMMON_NAME
    if len(names) > MANY_NAMES:
        yield Weakness.MANY_NAMES
    if not listing.documents:
        yield Weakness.NO_DOCUMENT
    if not listing.nationalities:
        yield Weakness.NO_NATIONALITY
