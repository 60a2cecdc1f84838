"""``midas screen compare``: pairs of persons, one pair a line; every pair gets a score."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from openmidas.screening.commands.answers import as_line, beside, error_answer, explanation
from openmidas.screening.commands.asked import (
    Asked,
    NotUnderstood,
    each_line,
    read_object,
    read_person,
)
from openmidas.screening.commands.running import write_spread
from openmidas.screening.commands.sources import opened
from openmidas.screening.commands.words import Language
from openmidas.screening.comparing import compare
from openmidas.screening.explanation import explain
from openmidas.screening.persons import ComparedPair
from openmidas.screening.prepared import prepare_listing, prepare_query


def compare_command(options: argparse.Namespace) -> int:
    """Compare the pairs of a file, line by line."""
    language: Language = options.lang
    with opened(options.pairs, language) as lines:
        if options.json:

            def answer(number: int, line: bytes) -> bytes:
                return as_line(compare_line(number, line, language))

            write_spread(lines, answer, options.pairs, options.processes, language)
        else:
            from openmidas.screening.commands.tables import show_pairs  # loads rich

            show_pairs(compare_lines(lines, language), language)
    return 0


def compare_lines(lines: Iterable[bytes], language: Language) -> Iterator[dict[str, Any]]:
    """An answer for each pair, in order; a line that is not understood gets one that says so."""
    for number, line in each_line(lines):
        yield compare_line(number, line, language)


def compare_line(number: int, line: bytes, language: Language) -> dict[str, Any]:
    """The answer to one pair."""
    id: object = None
    try:
        given = read_object(line)
        id = given.get("id")
        one, other = _person(given, "a"), _person(given, "b")
    except NotUnderstood as error:
        return error_answer(number, id, error, language)
    found = likeness(one, other)
    answer: dict[str, Any] = {"id": id} if "id" in given else {}
    return answer | {
        "score": found.score,
        "class": found.level,
        "probability": round(found.probability, 4),
        "explanation": explanation(found.level, found.evidence, language),
        **beside([("a.", one), ("b.", other)], language),
    }


def likeness(one: Asked, other: Asked) -> ComparedPair:
    """The best that speaks for two being one person, over all names and births of both."""
    listing = other.listing()
    theirs = prepare_listing(listing)
    queries = one.queries()
    found = [(compare(prepare_query(query), theirs), query) for query in queries]
    best, query = max(found, key=lambda pair: pair[0].score)
    return ComparedPair(best.level, best.score, explain(best, query, listing), best.probability())


def _person(given: dict[str, Any], side: str) -> Asked:
    person = given.get(side)
    if not isinstance(person, dict):
        raise NotUnderstood("no_pair")
    return read_person(person)
