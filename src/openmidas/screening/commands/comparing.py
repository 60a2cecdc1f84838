"""``midas screen compare``: pairs of persons, one pair a line; every pair gets a score."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from openmidas.documents.commands.languages import Language
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
from openmidas.screening.comparing import Comparison, compare
from openmidas.screening.evidence import Query
from openmidas.screening.explanation import explain
from openmidas.screening.listings import Listing
from openmidas.screening.prepared import prepare_listing, prepare_query


def compare_command(options: argparse.Namespace) -> int:
    """Compare the pairs of a file, line by line."""
    language: Language = options.lang
    with opened(options.pairs, language) as lines:
        if options.json:

            def answer(number: int, line: bytes) -> bytes:
                return as_line(compare_line(number, line, language, brief=options.brief))

            write_spread(lines, answer, options.pairs, options.processes, language)
        else:
            from openmidas.screening.commands.tables import show_pairs  # loads rich

            show_pairs(compare_lines(lines, language), language)
    return 0


def compare_lines(lines: Iterable[bytes], language: Language) -> Iterator[dict[str, Any]]:
    """An answer for each pair, in order; a line that is not understood gets one that says so."""
    for number, line in each_line(lines):
        yield compare_line(number, line, language)


def compare_line(
    number: int, line: bytes, language: Language, *, brief: bool = False
) -> dict[str, Any]:
    """The answer to one pair; ``brief``: without its explanation, which takes the longer part of the time."""
    id: object = None
    try:
        given = read_object(line)
        id = given.get("id")
        one, other = _person(given, "a"), _person(given, "b")
    except NotUnderstood as error:
        return error_answer(number, id, error, language)
    listing = other.listing()
    found, query = likeness(one, listing)
    answer: dict[str, Any] = {"id": id} if "id" in given else {}
    answer |= {
        "score": found.score,
        "class": found.level,
        "probability": round(found.probability(), 4),
    }
    if not brief:
        answer["explanation"] = explanation(found.level, explain(found, query, listing), language)
    return answer | beside([("a.", one), ("b.", other)], language)


def likeness(one: Asked, listing: Listing) -> tuple[Comparison, Query]:
    """The best that speaks for two being one person, over all names and births of both; and of which."""
    theirs = prepare_listing(listing)
    found = [(compare(prepare_query(query), theirs), query) for query in one.queries()]
    return max(found, key=lambda pair: pair[0].score)


def _person(given: dict[str, Any], side: str) -> Asked:
    person = given.get(side)
    if not isinstance(person, dict):
        raise NotUnderstood("no_pair")
    return read_person(person)
