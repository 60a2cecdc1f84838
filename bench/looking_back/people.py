"""Names for the travellers: those of the generator of the screening benchmark, as many as people bear."""

from __future__ import annotations

from random import Random

import psycopg

from bench.hq.crossings import GIVEN_NAMES, SURNAMES, insert, one_of
from bench.screening.generator.people import Population

PEOPLE = 60_000
"""So many are drawn; each document bears the surname of one and the given names of another."""
_SEED = 77


def load_people(url: str) -> None:
    """Keep the names where `statement` finds them."""
    population = Population(Random(_SEED), all_names=False)  # noqa: S311  repeatable, no secret
    with psycopg.connect(url) as one:
        one.execute("CREATE TABLE bench_people (n int PRIMARY KEY, surname text, given_names text)")
        with one.cursor().copy("COPY bench_people FROM STDIN") as copy:
            for number in range(PEOPLE):
                person = population.person()
                surname, given = (
                    " ".join(word.text for word in words).upper()
                    for words in (person.surname, person.given)
                )
                copy.write_row((number, surname, given))


def statement() -> str:
    """What makes crossings of people with these names (`bench.hq.crossings.insert`)."""
    made = insert()
    for column, chance, before in (
        ("surname", "chance(d, 8)", SURNAMES),
        ("given_names", "chance(d, 9)", GIVEN_NAMES),
    ):
        drawn = one_of(chance, before)
        if made.count(drawn) != 1:
            raise LookupError(f"bench.hq.crossings no longer draws {column} as it did")
        found = f"(SELECT {column} FROM bench_people WHERE n = floor({chance} * {PEOPLE})::int)"  # noqa: S608
        made = made.replace(drawn, found)
    return made
