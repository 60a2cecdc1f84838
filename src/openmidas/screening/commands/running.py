"""``midas screen run``: questions, one a line, put to lists in files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from openmidas.documents.commands.languages import Language
from openmidas.screening.commands.answers import (
    as_line,
    beside,
    error_answer,
    hit_answer,
    lost_answer,
)
from openmidas.screening.commands.asked import (
    Asked,
    NotUnderstood,
    each_line,
    read_object,
    read_person,
)
from openmidas.screening.commands.lost_lists import LOST, LostList
from openmidas.screening.commands.lost_words import word_not_asked
from openmidas.screening.commands.sources import (
    KINDS,
    STANDARD_INPUT,
    CommandFailed,
    ListGiven,
    lists_given,
    opened,
    read_given,
    read_lost_given,
)
from openmidas.screening.commands.spreading import Answer, processors, spread
from openmidas.screening.commands.words import word
from openmidas.screening.evidence import Hit
from openmidas.screening.index import Index
from openmidas.screening.lost import can_look

AnyHit = TypeVar("AnyHit", bound=Hit)

_RANKS = {"strong": 0, "possible": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that are asked: one index of all persons, and each list of documents."""

    index: Index | None
    lost: tuple[LostList, ...] = ()

    @classmethod
    def read(cls, given: Iterable[ListGiven], options: argparse.Namespace) -> Lists:
        """Read them all, and tell what was read unless a program asks. Raises CommandFailed."""
        editions, lost = [], []
        for each in given:
            if each.kind == LOST:
                lost.append(read_lost_given(each, options.encoding, options.lang))
                params = {"path": str(each.paths[0]), "count": str(lost[-1].rows)}
                said = "read_lost", params | {"left_out": str(lost[-1].left_out)}
            else:
                read = read_given(each, options.encoding, options.lang)
                editions.append(read.edition)
                dated = read.edition.dated.date().isoformat()
                counts = {
                    "count": str(len(read.edition.listings)),
                    "problems": str(len(read.problems)),
                }
                said = "read", {"title": read.edition.title, "dated": dated, **counts}
            if not options.json:
                sys.stderr.write(f"{word(said[0], options.lang, **said[1])}\n")
        return cls(Index.build(editions) if editions else None, tuple(lost))

    def ask(self, person: Asked, language: Language) -> dict[str, Any]:
        """The hits of a person or document, the surest first, and what could not be asked."""
        hits = []
        if self.index is not None:
            found = [hit for query in person.queries() for hit in self.index.screen(query)]
            hits = [hit_answer(hit, language) for hit in surest(found)]
        hits += [lost_answer(hit, language) for each in self.lost for hit in each.hits(person)]
        if self.lost:
            hits.sort(key=lambda hit: (_RANKS[hit["class"]], -hit["score"]))
        issued = (can_look(person.number_issuer or "?", number) for number in person.numbers)
        unasked = bool(self.lost) and not any(issued)
        return {"hits": hits} | ({"note": word_not_asked(language)} if unasked else {})


def run_command(options: argparse.Namespace) -> int:
    """Read the lists, then answer line by line."""
    language: Language = options.lang
    given, left = lists_given(options.list or [], language)
    if options.queries is None and left:
        options.queries = left.pop()  # a file behind --list KIND:FILE
    if not given or left:
        raise CommandFailed(word("no_list", language, kinds=", ".join(KINDS)))
    if options.queries is None:
        raise CommandFailed(word("no_queries", language))
    lists = Lists.read(given, options)
    with opened(options.queries, language) as lines:
        if options.json:

            def answer(number: int, line: bytes) -> bytes:
                return as_line(answer_line(number, line, lists, language))

            write_spread(lines, answer, options.queries, options.processes, language)
        else:
            from openmidas.screening.commands.tables import show_hits  # loads rich

            show_hits(run(lines, lists, language), language)
    return 0


def run(lines: Iterable[bytes], lists: Lists, language: Language) -> Iterator[dict[str, Any]]:
    """An answer for each line, in order; a line that is not understood gets one that says so."""
    for number, line in each_line(lines):
        yield answer_line(number, line, lists, language)


def answer_line(number: int, line: bytes, lists: Lists, language: Language) -> dict[str, Any]:
    """The answer to one line."""
    id: object = None
    try:
        given = read_object(line)
        id = given.get("id")
        person = read_person(given)
    except NotUnderstood as error:
        return error_answer(number, id, error, language)
    return {"id": id, **lists.ask(person, language), **beside([("", person)], language)}


def write_spread(
    lines: Iterable[bytes], answer: Answer, path: str, processes: int | None, language: Language
) -> None:
    """Each answer as a line, at once: who asks over a pipe waits for it. A file of many lines is
    shared among so many processes, one for each processor if None. Raises CommandFailed."""
    many = 1 if path == STANDARD_INPUT else processes or processors()
    try:
        for answers in spread(each_line(lines), answer, many):
            sys.stdout.buffer.write(answers)
            sys.stdout.buffer.flush()
    except BrokenProcessPool as error:
        raise CommandFailed(word("ended", language)) from error


def surest(hits: Iterable[AnyHit]) -> list[AnyHit]:
    """Of each listing the surest hit, the surest first."""
    best: dict[tuple[str, str], AnyHit] = {}
    for hit in sorted(hits, key=lambda hit: (_RANKS[hit.level], -hit.score, hit.listing.id)):
        best.setdefault((hit.list_code, hit.listing.id), hit)
    return list(best.values())
