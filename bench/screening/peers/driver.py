"""One peer in a process of its own: requests on standard input, answers on standard output.

Run by the peers' Python, so that it may import nothing of ours. A line is a JSON object; `do` says
what is wanted, as `bench.screening.child` describes it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import unicodedata
from collections.abc import Callable
from importlib import import_module
from itertools import count
from typing import Any

Json = dict[str, Any]
Scorer = Callable[[Any, Any], float]


class Plain:
    """A comparison of two texts as a matcher: the best of all the listing's names."""

    def __init__(self, arrange: Callable[[str], str], scorer: Callable[[str, str], float]) -> None:
        self._arrange = arrange
        self._scorer = scorer

    def traveller(self, asked: Json) -> tuple[str, Json]:
        """What depends on the traveller alone."""
        return self._arrange(f"{asked.get('given_names', '')} {asked['surname']}"), asked

    def listing(self, listing: Json) -> tuple[list[str], Json]:
        """What depends on the listing alone."""
        return [self._arrange(name["text"]) for name in listing["names"]], listing

    def compare(self, one: tuple[str, Json], other: tuple[list[str], Json]) -> float:
        """0 to 1."""
        text = one[0]
        return max(self._scorer(text, name) for name in other[0])

    def with_penalties(self, one: tuple[str, Json], other: tuple[list[str], Json]) -> float:
        """The same less what logic-v2 takes off for what differs beside the name."""
        return self.compare(one, other) - penalties(one[1], other[1])


def penalties(asked: Json, listing: Json) -> float:
    """Country 0.2, sex 0.2, year of birth 0.15, day of birth 0.25: the weights of logic-v2."""
    taken = 0.0
    countries = listing.get("nationalities", [])
    if asked.get("nationality") and countries and asked["nationality"] not in countries:
        taken += 0.2
    if asked.get("sex") and listing.get("sex") and asked["sex"] != listing["sex"]:
        taken += 0.2
    ours, theirs = asked.get("birth", ""), births(listing)
    if ours and theirs:
        if ours[:4] not in {birth[:4] for birth in theirs}:
            taken += 0.15
        days = {birth for birth in theirs if len(birth) == 10}
        if len(ours) == 10 and days and ours not in days:
            taken += 0.25
    return taken


def births(listing: Json) -> list[str]:
    """The days and the years that a listing gives; a span of years as each of them."""
    found: list[str] = []
    for birth in listing.get("births", []):
        earliest, latest = birth["earliest"], birth["latest"]
        if earliest and earliest == latest:
            found.append(earliest)
        elif earliest and latest:
            found += [str(year) for year in range(int(earliest[:4]), int(latest[:4]) + 1)]
    return found


class Nomenklatura:
    """An algorithm of nomenklatura over two persons of FollowTheMoney."""

    def __init__(self, name: str) -> None:
        model = import_module("followthemoney").model
        algorithm = import_module("nomenklatura.matching").get_algorithm(name)
        if algorithm is None:
            raise LookupError(name)
        self._model = model
        self._algorithm = algorithm
        self._config = algorithm.default_config()
        self._made = count()

    def traveller(self, asked: Json) -> Any:
        """A person as FollowTheMoney has them."""
        return self._entity(
            {
                "name": [f"{asked.get('given_names', '')} {asked['surname']}".strip()],
                "birthDate": [asked["birth"]] if asked.get("birth") else [],
                "gender": [_GENDERS[asked["sex"]]] if asked.get("sex") else [],
                "nationality": [asked["nationality"]] if asked.get("nationality") else [],
            },
        )

    def listing(self, listing: Json) -> Any:
        """The same of a listing."""
        return self._entity(
            {
                "name": [name["text"] for name in listing["names"]],
                "birthDate": births(listing),
                "gender": [_GENDERS[listing["sex"]]] if listing.get("sex") else [],
                "nationality": listing.get("nationalities", []),
            },
        )

    def compare(self, one: Any, other: Any) -> float:
        """0 to 1."""
        return float(self._algorithm.compare(one, other, self._config).score)

    with_penalties = compare

    def _entity(self, values: dict[str, list[str]]) -> Any:
        entity = self._model.make_entity("Person")
        entity.id = str(next(self._made))  # what is remembered of names is remembered by id
        for property, texts in values.items():
            entity.add(property, texts, quiet=True)
        return entity


_GENDERS = {"F": "female", "M": "male"}


def bare(text: str) -> str:
    """Capital letters without marks, words without punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.upper())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def in_order(text: str) -> str:
    """The same with its words in the order of the alphabet."""
    return " ".join(sorted(bare(text).split()))


def matcher(name: str) -> Any:
    """The peer of this name. Raises `ImportError`, `LookupError`."""
    if name == "token-sort":
        ratio = import_module("rapidfuzz.fuzz").token_sort_ratio
        return Plain(bare, lambda one, other: ratio(one, other) / 100)
    if name == "jaro-winkler":
        return Plain(in_order, import_module("jellyfish").jaro_winkler_similarity)
    return Nomenklatura(name)


class Server:
    """Answers one request after the other."""

    def __init__(self, peer: Any) -> None:
        self._peer = peer
        self._listings: list[Any] = []

    def load(self, request: Json) -> Json:
        """Prepare a list."""
        started = time.process_time()
        self._listings = [self._peer.listing(listing) for listing in request["listings"]]
        return {"cpu": time.process_time() - started}

    def score(self, request: Json) -> Json:
        """Compare each traveller with the listings that are offered."""
        compare = self._peer.with_penalties if request["penalties"] else self._peer.compare
        scores, took = [], []
        for asked, offered in zip(request["asked"], request["offered"], strict=True):
            started = time.perf_counter()
            one = self._peer.traveller(asked)
            scores.append([compare(one, self._listings[place]) for place in offered])
            took.append(1000 * (time.perf_counter() - started))
        return {"scores": scores, "ms": took}

    def pairs(self, request: Json) -> Json:
        """Compare pairs, each for the first time, then all of them again, prepared."""
        compare = self._peer.with_penalties
        started = time.process_time()
        made = []
        scores = []
        for asked, listing in request["pairs"]:
            both = self._peer.traveller(asked), self._peer.listing(listing)
            scores.append(compare(*both))
            made.append(both)
        cold = time.process_time() - started
        started = time.process_time()
        for one, other in made:
            compare(one, other)
        return {"scores": scores, "cold": cold, "prepared": time.process_time() - started}

    def memory(self, request: Json) -> Json:
        """The most memory that this process has had, MB."""
        return {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Answer until standard input ends."""
    server = Server(matcher(sys.argv[1]))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(getattr(server, request["do"])(request)), flush=True)


if __name__ == "__main__":
    main()
