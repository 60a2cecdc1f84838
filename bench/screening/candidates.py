"""The listings that every matcher is offered for a traveller: it would take days to try them all.

The likest names by rapidfuzz, whatever our own search found, and the right one always: a peer is
never blamed for a search that is not its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from bench.screening.cases import Asked
from bench.screening.child import Hit
from openmidas.screening import Listing

LIKEST, OWN = 40, 10
_ROWS = 200


def in_order(text: str) -> str:
    """Capital letters A to Z, the words in the order of the alphabet."""
    plain = unicodedata.normalize("NFKD", anyascii(text)).upper()
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in plain).split()))


def offer(
    listings: Sequence[Listing],
    asked: Sequence[Asked],
    found: Sequence[Sequence[Hit]],
    right: Sequence[int | None],
) -> list[tuple[int, ...]]:
    """For each traveller the places of the listings to compare, the right one (if any) first."""
    names = [(in_order(name.text), at) for at, one in enumerate(listings) for name in one.names]
    owners = np.array([at for _, at in names])
    texts = [text for text, _ in names]
    offered: list[tuple[int, ...]] = []
    for start in range(0, len(asked), _ROWS):
        rows = asked[start : start + _ROWS]
        queries = [in_order(f"{one.surname} {one.given_names}") for one in rows]
        likeness = process.cdist(queries, texts, scorer=fuzz.ratio, dtype=np.uint8)
        most = min(LIKEST, len(texts))
        likest = owners[np.argpartition(likeness, -most, axis=1)[:, -most:]]
        for row, near in enumerate(likest):
            own = [hit.place for hit in found[start + row][:OWN]]
            truth = right[start + row]
            places = [*([] if truth is None else [truth]), *own, *sorted(int(at) for at in near)]
            offered.append(tuple(dict.fromkeys(places)))
    return offered
