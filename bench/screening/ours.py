"""Our own matching in a process of its own, asked as the peers are; see `bench.screening.child`."""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime
from random import Random
from typing import Any

import msgspec

from bench.screening.cases import Asked
from openmidas.screening import (
    Counted,
    Edition,
    Index,
    Lexicon,
    Listing,
    PreparedListing,
    compare,
    nametable,
    prepare_listing,
    prepare_query,
    shipped_lexicon,
)
from openmidas.screening.names import fold

_DATED = datetime(2026, 1, 1, tzinfo=UTC)


class Request(msgspec.Struct):
    """Everything that can be asked; `do` says what of it is."""

    do: str
    listings: tuple[Listing, ...] = ()
    asked: tuple[Asked, ...] = ()
    offered: tuple[tuple[int, ...], ...] = ()
    pairs: tuple[tuple[Asked, Listing], ...] = ()
    penalties: bool = True


class Server:
    """Answers one request after the other."""

    def __init__(self) -> None:
        self._listings: list[PreparedListing] = []
        self._index = Index.build(())
        self._lexicon = shipped_lexicon()
        self._places: dict[str, int] = {}

    def load(self, request: Request) -> dict[str, Any]:
        """Build an index of a list."""
        edition = Edition(list_code="bench", title="", dated=_DATED, listings=request.listings)
        started = time.process_time()
        self._index = Index.build([edition])
        took = time.process_time() - started
        self._places = {listing.id: at for at, listing in enumerate(request.listings)}
        self._lexicon = Lexicon(
            nametable.shipped_table(),
            Counted(
                [token for name in one.names for token in fold(name.text)]
                for one in request.listings
            ),
        )
        self._listings = [prepare_listing(listing, self._lexicon) for listing in request.listings]
        return {"cpu": took}

    def screen(self, request: Request) -> dict[str, Any]:
        """Each traveller against the whole list: place, score, how sure and the class of each hit."""
        hits, took = [], []
        for asked in request.asked:
            query = asked.query()
            started = time.perf_counter()
            found = self._index.screen(query)
            took.append(1000 * (time.perf_counter() - started))
            hits.append(
                [
                    (self._places[hit.listing.id], hit.score, hit.probability, hit.level)
                    for hit in found
                ]
            )
        return {"hits": hits, "ms": took}

    def score(self, request: Request) -> dict[str, Any]:
        """Compare each traveller with the listings that are offered."""
        scores, took = [], []
        for asked, offered in zip(request.asked, request.offered, strict=True):
            query = asked.query()
            started = time.perf_counter()
            one = prepare_query(query, self._lexicon)
            scores.append([compare(one, self._listings[place]).score for place in offered])
            took.append(1000 * (time.perf_counter() - started))
        return {"scores": scores, "ms": took}

    def pairs(self, request: Request) -> dict[str, Any]:
        """Compare pairs, each for the first time, then all of them again, prepared."""
        queries = [(asked.query(), listing) for asked, listing in request.pairs]
        scores, made = [], []
        started = time.process_time()
        for query, listing in queries:
            both = prepare_query(query), prepare_listing(listing)
            scores.append(compare(*both).score)
            made.append(both)
        cold = time.process_time() - started
        started = time.process_time()
        for one, other in made:
            compare(one, other)
        return {"scores": scores, "cold": cold, "prepared": time.process_time() - started}

    def memory(self, request: Request) -> dict[str, Any]:
        """The most memory that this process has had, MB."""
        return {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


class Chance(Server):
    """The control: answers at random, and must fail every goal."""

    def __init__(self) -> None:
        super().__init__()
        self._chance = Random(0)  # noqa: S311  repeatable, no secret

    def screen(self, request: Request) -> dict[str, Any]:
        """Some hits, anywhere."""
        return {
            "hits": [[self._hit() for _ in range(3)] for _ in request.asked],
            "ms": [1000.0 for _ in request.asked],
        }

    def score(self, request: Request) -> dict[str, Any]:
        """Any score."""
        scores = [[self._chance.random() for _ in offered] for offered in request.offered]
        return {"scores": scores, "ms": [0.0 for _ in request.asked]}

    def pairs(self, request: Request) -> dict[str, Any]:
        """Any score, and all the time in the world."""
        scores = [self._chance.random() for _ in request.pairs]
        return {"scores": scores, "cold": 1e6, "prepared": 1e6}

    def _hit(self) -> tuple[int, float, float, str]:
        place = self._chance.randrange(len(self._places))
        return place, 20 * self._chance.random(), self._chance.random(), "weak"


def main() -> None:
    """Answer until standard input ends."""
    decoder = msgspec.json.Decoder(Request)
    server = Chance() if "--chance" in sys.argv else Server()
    _answer({"ready": True})
    for line in sys.stdin.buffer:
        request = decoder.decode(line)
        _answer(getattr(server, request.do)(request))


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
