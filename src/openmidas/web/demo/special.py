"""Travellers who are in the sample country by construction, so that every page has something to show.

Some whose name is on the public list of the United Nations, and namesakes of those; a family
without a document; people who stayed longer than they may; people who enter at one post and leave
by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import msgspec

from openmidas.crossings.inspection import Direction, Purpose
from openmidas.documents import PartialDate
from openmidas.web.demo.country import DemoPost, DemoState
from openmidas.web.demo.days import DAYS
from openmidas.web.demo.parties import Parties, Party, other_way
from openmidas.web.demo.population import SPECIMEN, Paper, Person, Population
from openmidas.web.demo.traffic import Share, Traffic

LISTED = (
    ("Ag Ghali", "Iyad", PartialDate(year=1958, month=1, day=1), "MLI"),
    ("Ould Mohamed El Khairy", "Hamada", PartialDate(year=1970), "MLI"),
    ("Lahbous", "Mohamed", PartialDate(year=1978), "MLI"),
    ("Ghedeir", "Amor Mohamed", PartialDate(year=1965, month=12, day=12), "DZA"),
    ("Ould El Amar", "Abderrahmane", PartialDate(year=1979), "MLI"),
)
"""Names and births as the public list has them."""
NAMESAKES = (
    ("Lahbous", "Mohamed", PartialDate(year=1996, month=4, day=2), "MLI"),
    ("Ag Moussa", "Bah", PartialDate(year=1991, month=7, day=19), "MLI"),
    ("Akkacha", "Djamel", PartialDate(year=2001, month=2, day=11), "DZA"),
)
"""Invented people who are called like somebody on the list, and are decades younger."""
FAMILY_BEFORE = 3
STAYED_ON = 24
LEFT_LATE = 9
ACROSS_A_DAY = 4
DAYS_ACROSS = 3


class Special(msgspec.Struct, frozen=True):
    """A party that crosses on a certain day. ``before``: days until the last of the history."""

    before: int
    party: Party


class Overdue(msgspec.Struct, frozen=True):
    """Somebody who entered long before the history, with a limit that has passed.

    ``leaves``: days before the last one on which they leave; None for who is still here.
    """

    entered: date
    party: Party
    leaves: int | None


def specials(state: DemoState, post: DemoPost, parties: Parties, last: date) -> Iterator[Special]:
    """Those of one post, in no order."""
    chance = Random(f"{post.id}/{last}/special")  # noqa: S311  repeatable, no secret
    for number, who in enumerate((*LISTED, *NAMESAKES)):
        if number % len(state.posts) == state.posts.index(post):
            yield Special(_some_day(post.traffic, chance), _by_name(who, post, parties, number))
    share = Share(post.traffic.shares[0].nationality, post.traffic.shares[0].people, 0)
    flight = parties.journey(Direction.ENTRY, Purpose.DISPLACEMENT)
    yield Special(FAMILY_BEFORE, parties.family(share, documented=False, size=6, journey=flight))
    yield from _across(state, post, last)


def overdue(
    post: DemoPost, population: Population, parties: Parties, host: str, last: date
) -> Iterator[Overdue]:
    """Nationals of the ECOWAS in an AES State, or the other way round, of three to five months ago."""
    chance = Random(f"{post.id}/{last}/overdue")  # noqa: S311  repeatable, no secret
    limited = [share for share in post.traffic.shares if is_limited(host, share.nationality)]
    for number in range(STAYED_ON + LEFT_LATE):
        share = chance.choice(limited)
        person = population.person(share, sex=chance.choice("MMF"), years=(19, 55), documented=True)
        journey = parties.journey(Direction.ENTRY, chance.choice(WORKERS))
        leaves = None if number < STAYED_ON else _some_day(post.traffic, chance, first=12)
        yield Overdue(
            last - timedelta(days=chance.randint(104, 150)),
            Party(people=(person,), journey=journey),
            leaves,
        )


WORKERS = (Purpose.WORK, Purpose.WORK, Purpose.TRADE, Purpose.FAMILY)
AES = frozenset({"MLI", "BFA", "NER"})
OUTSIDE = frozenset({"MRT", "DZA"})


def is_limited(host: str, guest: str) -> bool:
    """Whether the sample rules give a guest a number of days: only to pick people who need one."""
    return guest != host and guest not in OUTSIDE and not (host in AES and guest in AES)


def _some_day(traffic: Traffic, chance: Random, first: int = DAYS - 2) -> int:
    """A day since the first, counted backwards, on which travellers were recorded one by one."""
    without = {*traffic.silent, *traffic.counted}
    return chance.choice([before for before in range(1, first) if before not in without])


def _by_name(
    who: tuple[str, str, PartialDate, str], post: DemoPost, parties: Parties, number: int
) -> Party:
    surname, given, birth, nationality = who
    whole = birth.month is not None
    paper = Paper(
        code="P" if whole else "I",
        number=f"{SPECIMEN}{post.traffic.digit}9{number:05}",
        expiry=date(2031, 5, 31),
        machine=whole,
    )
    person = Person(
        surname=surname,
        given_names=given,
        birth=birth,
        sex="M",
        nationality=nationality,
        paper=paper,
    )
    direction = Direction.ENTRY if number % 3 else Direction.EXIT
    journey = parties.journey(direction, Purpose.TRADE)
    return Party(people=(person,), journey=journey)


def _across(state: DemoState, post: DemoPost, last: date) -> Iterator[Special]:
    """Who enters at the State's first post and leaves by its second some days later, and back.

    Both posts make the same people, each for its own half of the journey.
    """
    if len(state.posts) < 2 or post not in state.posts[:2]:
        return
    first = state.posts[0]
    own = msgspec.structs.replace(first.traffic, digit=8)
    for before in range(DAYS - 1, 0, -1):
        chance = Random(f"{state.code}/{last}/{before}/across")  # noqa: S311  repeatable, no secret
        population = Population(own, chance, last, first_number=before * 100)
        parties = Parties(own, population, chance, state.code)
        for number in range(ACROSS_A_DAY):
            share = population.share()
            person = population.person(share, sex="M", years=(20, 55), documented=True)
            enters, leaves = state.posts[number % 2], state.posts[1 - number % 2]
            journey = msgspec.structs.replace(
                parties.journey(Direction.ENTRY, Purpose.TRANSIT),
                origin=enters.traffic.beyond[0],
                destination=leaves.traffic.beyond[0],
            )
            if post is enters:
                yield Special(before, Party(people=(person,), journey=journey))
            elif post is leaves and before > DAYS_ACROSS:
                out = msgspec.structs.replace(journey, direction=other_way(journey.direction))
                yield Special(before - DAYS_ACROSS, Party(people=(person,), journey=out))
