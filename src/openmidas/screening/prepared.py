"""A traveller and a listing, each with all that depends on it alone worked out once.

Prepare either side once, compare often (`comparing.compare`). `PackedListing` holds a prepared
listing as plain data, for a file or another process; it takes a lexicon to unpack it.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from openmidas.screening.births import Span, span_of, span_of_query
from openmidas.screening.evidence import Query
from openmidas.screening.listings import Listing, Quality
from openmidas.screening.names import words_of
from openmidas.screening.numbers import number_key
from openmidas.screening.relations import Relation
from openmidas.screening.tokens import Lexicon, Token, shipped_lexicon

_FAR_TOO_LONG = 10_000
# How a part of ours goes together with one of theirs, and what that weighs.
Related = tuple[float, Relation]


class PreparedName:
    """The tokens of a name; what is asked of few names is worked out when it is asked for.

    ``naming`` has a bit for each token that names (no particle, no initial).
    """

    __slots__ = ("_joined", "_lengths", "lexicon", "naming", "quality", "tokens")

    def __init__(
        self, tokens: tuple[Token, ...], lexicon: Lexicon, quality: Quality = "primary"
    ) -> None:
        self.tokens = tokens
        self.quality = quality
        naming, bit = 0, 1
        for token in tokens:
            if token.naming:
                naming |= bit
            bit <<= 1
        self.naming = naming
        self.lexicon = lexicon
        self._joined: tuple[Token, ...] | None = None
        self._lengths: tuple[int, int] | None = None

    @property
    def lengths(self) -> tuple[int, int]:
        """The letters of the longest token, and of the two neighbours that have fewest together."""
        if self._lengths is None:
            letters = [len(token.text) for token in self.tokens]
            joined = [one + other for one, other in pairwise(letters)]
            self._lengths = max(letters, default=0), min(joined, default=_FAR_TOO_LONG)
        return self._lengths

    @property
    def joined(self) -> tuple[Token, ...]:
        """Each token and the next as one: ABDUL RAHMAN as ABDULRAHMAN."""
        if self._joined is None:
            self._joined = tuple(
                self.lexicon.token(one.text + two.text) for one, two in pairwise(self.tokens)
            )
        return self._joined


class PreparedQuery:
    """A traveller, ready to be compared with many listings."""

    __slots__ = (
        "birth", "name", "nationality", "number", "number_issuer", "prior_bits", "sex", "truncated",
    )  # fmt: skip

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self.name = PreparedName(
            lexicon.tokens(f"{query.surname} {query.given_names}".strip()), lexicon
        )
        self.birth: Span = span_of_query(query.birth)
        self.sex = query.sex if query.sex in ("F", "M") else None
        self.nationality = query.nationality
        self.number = number_key(query.number) if query.number else ""
        self.number_issuer = query.number_issuer
        self.prior_bits = lexicon.prior_bits
        self.truncated = query.name_truncated


class PackedListing(msgspec.Struct, frozen=True, array_like=True):
    """What of a listing is compared. Names as folded tokens with their quality; numbers as keys."""

    names: tuple[tuple[tuple[str, ...], Quality], ...]
    births: tuple[tuple[int, int, int, int, int], ...] = ()
    sex: str | None = None
    nationalities: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str | None], ...] = ()


class PreparedListing:
    """A listing, ready to be compared with many travellers."""

    __slots__ = ("births", "names", "nationalities", "numbers", "sex")

    def __init__(
        self,
        names: tuple[PreparedName, ...],
        births: tuple[Span, ...] = (),
        sex: str | None = None,
        nationalities: tuple[str, ...] = (),
        numbers: tuple[tuple[str, str | None], ...] = (),
    ) -> None:
        self.names = names
        self.births = births
        self.sex = sex
        self.nationalities = nationalities
        self.numbers = numbers


def prepare_query(query: Query, lexicon: Lexicon | None = None) -> PreparedQuery:
    """Work out what depends on the traveller alone."""
    return PreparedQuery(query, lexicon or shipped_lexicon())


def prepare_listing(listing: Listing, lexicon: Lexicon | None = None) -> PreparedListing:
    """Work out what depends on the listing alone."""
    words = lexicon or shipped_lexicon()
    return PreparedListing(
        tuple(
            [PreparedName(words.tokens(name.text), words, name.quality) for name in listing.names]
        ),
        _spans(listing),
        listing.sex,
        listing.nationalities,
        _numbers(listing) if listing.documents else (),
    )


def pack_listing(listing: Listing) -> PackedListing:
    """What of a listing is compared, as plain data. Its names stand in the listing's order."""
    return PackedListing(
        tuple((words_of(name.text), name.quality) for name in listing.names),
        _spans(listing),
        listing.sex,
        listing.nationalities,
        _numbers(listing),
    )


def unpack(packed: PackedListing, lexicon: Lexicon | None = None) -> PreparedListing:
    """The prepared listing of this data."""
    words = lexicon or shipped_lexicon()
    return PreparedListing(
        tuple(
            PreparedName(tuple(words.token(text) for text in tokens), words, quality)
            for tokens, quality in packed.names
        ),
        tuple(Span(*birth) for birth in packed.births),
        packed.sex,
        packed.nationalities,
        packed.numbers,
    )


def _spans(listing: Listing) -> tuple[Span, ...]:
    return tuple([span_of(birth.earliest, birth.latest) for birth in listing.births])


def _numbers(listing: Listing) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        (key, document.issuer)
        for document in listing.documents
        if (key := number_key(document.number))
    )
