"""The United Nations list and its aliases: real names, of which nobody knows births at a counter.

Only the first name of each person is listed; each further one is a traveller who should be found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from bench.screening.candidates import in_order
from bench.screening.cases import Asked, Case, Pair, World
from bench.screening.generator.zone import letters
from openmidas.screening import ListedName, Listing, open_list, read_un

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src/openmidas/lists/samples/un-consolidated-2026-02-27.xml.gz"
ALL, VARIANT = "all aliases", "spelling variants"
_ALIKE, _LEAST_ALIKE = 0.75, 2
# Words that hundreds of these names share tell no spelling from a by-name.
_COMMON = frozenset(
    (
        *(
            "AL",
            "EL",
            "UL",
            "UR",
            "AR",
            "AS",
            "AN",
            "AD",
            "ABU",
            "ABOU",
            "UMM",
            "BIN",
            "BEN",
            "IBN",
        ),
        *("ABD", "ABDUL", "ABDAL", "HAJI", "HAJJI", "MULLAH", "SHEIKH"),
    )
)
_NAMESAKES = 3


def aliases() -> World:
    """The list by first names, every alias, and nobody innocent yet."""
    listings: list[Listing] = []
    cases: list[Case] = []
    for listing in _persons():
        first, *others = listing.names
        for name in others:
            text = letters(name.text) if name.script == "Latn" else name.text
            if len(text) > 2:
                kind = VARIANT if is_variant(first.text, name.text) else ALL
                cases.append(Case(Asked(text), len(listings), kind, ""))
        listings.append(msgspec.structs.replace(listing, names=(first,)))
    return World(tuple(_named_alone(one) for one in listings), tuple(_once(cases)), ())


def with_innocents(world: World, innocent: Sequence[Asked]) -> World:
    """The same beside other travellers, of whom only the name is known."""
    return msgspec.structs.replace(world, innocent=tuple(one.name_alone() for one in innocent))


def pairs(world: World) -> dict[str, list[Pair]]:
    """Each alias with its person, and with the persons whose names are likest it: namesakes."""
    texts = [in_order(listing.names[0].text) for listing in world.listings]
    found: dict[str, list[Pair]] = {ALL: [], VARIANT: []}
    for case in world.listed:
        name = in_order(case.asked.surname)
        likest = process.extract(name, texts, scorer=fuzz.token_set_ratio, limit=_NAMESAKES + 1)
        namesakes = [place for _, _, place in likest if place != case.listing][:_NAMESAKES]
        of_case = [Pair(case.asked, world.listings[case.listing], True)]
        of_case += [Pair(case.asked, world.listings[place], False) for place in namesakes]
        found[ALL] += of_case
        if case.kind == VARIANT:
            found[VARIANT] += of_case
    return found


def is_variant(one: str, other: str) -> bool:
    """Whether two or more words of the one are like a word of the other: a spelling, no by-name."""
    left = _telling(other)
    alike = 0
    for word in _telling(one):
        best = max(left, key=lambda other: JaroWinkler.similarity(word, other), default="")
        if JaroWinkler.similarity(word, best) >= _ALIKE:
            alike += 1
            left.remove(best)
    return alike >= _LEAST_ALIKE


def _telling(name: str) -> list[str]:
    return [word for word in in_order(name).split() if len(word) > 1 and word not in _COMMON]


def _persons() -> list[Listing]:
    with open_list(SAMPLE) as stream:
        edition = read_un(stream).edition
    return [listing for listing in edition.listings if listing.kind == "person"]


def _named_alone(listing: Listing) -> Listing:
    first = listing.names[0]
    return Listing(
        id=listing.id, kind="person", names=(ListedName(first.text, script=first.script),)
    )


def _once(cases: list[Case]) -> list[Case]:
    """The list gives many an alias twice."""
    return list({(case.asked, case.listing): case for case in cases}.values())
