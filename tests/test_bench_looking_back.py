"""The benchmark of looking back gives its travellers other names, and knows how crossings are made."""

from __future__ import annotations

from bench.looking_back.people import MOST_PEOPLE, people_of, statement


def test_names_come_from_the_people_that_were_drawn() -> None:
    made = statement(1000)
    assert made.count("FROM bench_people WHERE n = floor(chance(d, 8) * 1000)::int") == 2
    assert "'KEITA'" not in made


def test_there_are_no_more_names_than_are_worth_drawing() -> None:
    assert people_of(10) == 1
    assert people_of(10**9) == MOST_PEOPLE
