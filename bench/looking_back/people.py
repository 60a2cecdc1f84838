"""Names for the travellers, as people of the region bear them: from the generator of `bench.screening`."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import psycopg

from bench.hq.crossings import GIVEN_NAMES, SURNAMES, insert, one_of
from bench.screening.generator.people import Population

MOST_PEOPLE = 500_000
"""So many names are drawn at the most; beyond, documents share them, as namesakes do."""
DOCUMENTS_A_CROSSING = 0.155
_SEED = 77


def people_of(crossings: int) -> int:
    """How many names there are among so many crossings."""
    return min(MOST_PEOPLE, max(1, int(crossings * DOCUMENTS_A_CROSSING)))


def load_people(url: str, people: int, advance: Callable[[int], None]) -> None:
    """Keep the names of so many where `statement` finds them."""
    population = Population(Random(_SEED), all_names=False)  # noqa: S311  repeatable, no secret
    with psycopg.connect(url) as one:
        one.execute("CREATE TABLE bench_people (n int PRIMARY KEY, surname text, given_names text)")
        with one.cursor().copy("COPY bench_people FROM STDIN") as copy:
            for number in range(people):
                person = population.person()
                surname, given = (
                    " ".join(word.text for word in words).upper()
                    for words in (person.surname, person.given)
                )
                copy.write_row((number, surname, given))
                advance(1)


def statement(people: int) -> str:
    """What makes crossings of people with these names (`bench.hq.crossings.insert`)."""
    made = insert()
    for column, chance, before in (
        ("surname", "chance(d, 8)", SURNAMES),
        ("given_names", "chance(d, 9)", GIVEN_NAMES),
    ):
        drawn = one_of(chance, before)
        if made.count(drawn) != 1:
            raise LookupError(f"bench.hq.crossings no longer draws {column} as it did")
        found = f"(SELECT {column} FROM bench_people WHERE n = floor(chance(d, 8) * {people})::int)"  # noqa: S608
        made = made.replace(drawn, found)
    return made
