"""Looking back passes over nobody whom comparing everybody with everything would find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args

import pytest

from bench.screening.cases import Asked, World
from bench.screening.generator import make_world
from openmidas.screening import (
    Edition,
    Index,
    Level,
    ListedDocument,
    ListedName,
    Listing,
    compare,
    prepare_listing,
    prepare_query,
)
from openmidas.screening.looking_back import LookingBack, Passed

NEW = 25


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(11, listings=900, innocent=700, each_kind=6, all_names=False)


@pytest.fixture(scope="module")
def index(world: World) -> Index:
    dated = datetime(2026, 11, 1, tzinfo=UTC)
    edition = Edition(list_code="made", title="Made", dated=dated, listings=world.listings)
    return Index.build([edition])


def passed(asked: Asked) -> Passed:
    return Passed(
        asked.surname, asked.given_names, asked.birth, asked.sex, asked.nationality,
        name_truncated=asked.truncated,
    )  # fmt: skip


def travellers(world: World) -> Iterator[Passed]:
    """Listed and innocent ones; some of them without papers, or with their names run together."""
    everybody = [passed(case.asked) for case in world.listed]
    everybody += [passed(asked) for asked in world.innocent]
    yield from everybody
    for one in everybody[:120]:
        yield one._replace(birth="")
        yield Passed(one.surname, one.given_names)
        yield one._replace(surname="", given_names=(one.given_names + one.surname).replace(" ", ""))
        yield one._replace(given_names=one.given_names[:3], name_truncated=True)


def brute(
    listings: tuple[Listing, ...], index: Index, crowd: list[Passed], least: Level
) -> set[tuple[int, int, Level, float]]:
    order = get_args(Level)
    kept = order[: order.index(least) + 1]
    prepared = [prepare_listing(listing, index.lexicon) for listing in listings]
    found = set()
    for at, one in enumerate(crowd):
        query = prepare_query(one.query(), index.lexicon)
        for number, listing in enumerate(prepared):
            compared = compare(query, listing)
            if compared.level in kept:
                found.add((at, number, compared.level, compared.score))
    return found


@pytest.mark.parametrize("least", ["weak", "possible", "strong"])
def test_the_hits_are_those_of_comparing_everybody_with_everything(
    world: World, index: Index, least: Level
) -> None:
    crowd = list(travellers(world))
    listings = tuple(world.listings[case.listing] for case in world.listed[::3][:NEW])

    looking = LookingBack(listings, index.lexicon, least=least)
    found = {(one.at, one.listing, one.level, one.score) for one in looking.screen(crowd)}

    assert found == brute(listings, index, crowd, least)
    assert len(found) > NEW / 3


def test_a_hit_says_what_the_index_says(world: World, index: Index) -> None:
    case = world.listed[0]
    listing = world.listings[case.listing]
    one = passed(case.asked)

    (found,) = LookingBack([listing], index.lexicon).screen([one])

    (hit,) = (hit for hit in index.screen_all(one.query()) if hit.listing.id == listing.id)
    assert (found.level, found.score, found.evidence) == (hit.level, hit.score, hit.evidence)


def test_a_number_is_found_whoever_bears_it(index: Index) -> None:
    document = ListedDocument("passport", "AB 123-4567", "MLI", "AB 123-4567")
    listing = Listing(
        id="X.1", kind="person", names=(ListedName("NOBODY ATALL"),), documents=(document,)
    )
    looking = LookingBack([listing], index.lexicon, least="strong")
    crowd = [Passed("KEITA", "AWA", number="AB1234567", number_issuer="MLI"), Passed("KEITA")]

    found = [(one.at, one.level) for one in looking.screen(crowd)]

    assert found == [(0, "strong")]


def test_a_date_that_no_calendar_has_is_not_known(index: Index) -> None:
    listing = Listing(id="X.2", kind="person", names=(ListedName("ZOUMANIGUI ONIVOGUI"),))
    looking = LookingBack([listing], index.lexicon)

    (found,) = looking.screen([Passed("ZOUMANIGUI", "ONIVOGUI", "1999-02-31")])

    assert found.evidence[1].how == "not_known"
