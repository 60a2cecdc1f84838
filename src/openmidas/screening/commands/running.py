"""``midas screen run``: questions, one a line, put to lists in files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from openmidas.screening.commands.answers import as_line, beside, error_answer, hit_answer
from openmidas.screening.commands.asked import NotUnderstood, each_line, read_object, read_person
from openmidas.screening.commands.sources import CommandFailed, lists_given, opened, read_given
from openmidas.screening.commands.words import Language, word
from openmidas.screening.evidence import Hit
from openmidas.screening.formats.registry import FORMATS
from openmidas.screening.index import Index

AnyHit = TypeVar("AnyHit", bound=Hit)

_RANKS = {"strong": 0, "possible": 1, "weak": 2}


def run_command(options: argparse.Namespace) -> int:
    """Read the lists, then answer line by line."""
    language: Language = options.lang
    lists, left = lists_given(options.list or [], language)
    if options.queries is None and left:
        options.queries = left.pop()  # a file behind --list KIND:FILE
    if not lists or left:
        raise CommandFailed(word("no_list", language, kinds=", ".join(FORMATS)))
    if options.queries is None:
        raise CommandFailed(word("no_queries", language))
    editions = []
    for given in lists:
        read = read_given(given, options.encoding, language)
        editions.append(read.edition)
        if not options.json:
            said = word(
                "read",
                language,
                title=read.edition.title,
                dated=read.edition.dated.date().isoformat(),
                count=str(len(read.edition.listings)),
                problems=str(len(read.problems)),
            )
            sys.stderr.write(f"{said}\n")
    index = Index.build(editions)
    with opened(options.queries, language) as lines:
        answers = run(lines, index, language)
        if options.json:
            write_lines(answers)
        else:
            from openmidas.screening.commands.tables import show_hits  # loads rich

            show_hits(answers, language)
    return 0


def run(lines: Iterable[bytes], index: Index, language: Language) -> Iterator[dict[str, Any]]:
    """An answer for each line, in order; a line that is not understood gets one that says so."""
    for number, line in each_line(lines):
        id: object = None
        try:
            given = read_object(line)
            id = given.get("id")
            person = read_person(given)
        except NotUnderstood as error:
            yield error_answer(number, id, error, language)
            continue
        hits = [hit for query in person.queries() for hit in index.screen(query)]
        answers = [hit_answer(hit, language) for hit in surest(hits)]
        yield {"id": id, "hits": answers, **beside([("", person)], language)}


def write_lines(answers: Iterable[dict[str, Any]]) -> None:
    """Each answer as a line, at once: who asks over a pipe waits for it."""
    for answer in answers:
        sys.stdout.buffer.write(as_line(answer))
        sys.stdout.buffer.flush()


def surest(hits: Iterable[AnyHit]) -> list[AnyHit]:
    """Of each listing the surest hit, the surest first."""
    best: dict[tuple[str, str], AnyHit] = {}
    for hit in sorted(hits, key=lambda hit: (_RANKS[hit.level], -hit.score, hit.listing.id)):
        best.setdefault((hit.list_code, hit.listing.id), hit)
    return list(best.values())
