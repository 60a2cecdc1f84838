"""A manifest held against who was scanned: who is on both, who is missing, who is extra. Pure.

Documents come first: a number is read or copied, a name is spelled. Of those who are left, names and
births are compared as lists compare them, so that another spelling or order is the same traveller.
What agrees best is taken first, and everybody is taken once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.inspection import Document
from openmidas.crossings.reading import document_key
from openmidas.documents import PartialDate
from openmidas.screening import ComparedPair, Query, births_differ, compare_pair, rough_sounds

_CLASHING = frozenset({"clash"})
_ALONE = frozenset({"clash", "extra", "cut"})
_NEARLY = frozenset({"swapped", "one_figure", "near"})


class MatchedBy(StrEnum):
    """What says that a line of the manifest is a traveller."""

    NUMBER = "number"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"


class Aboard(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was scanned. ``number``: of the document; "" for none. ``drives``: the driver."""

    id: UUID
    name: str
    number: str = ""
    nationality: str = ""
    birth: PartialDate | None = None
    status: str = ""
    drives: bool = False


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A line and its traveller. ``doubt``: the number agrees and the name does not, or nearly the birth."""

    line: ManifestLine
    aboard: Aboard
    by: MatchedBy
    doubt: bool


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A manifest against the travellers, each in the order given.

    Who drives is not extra: manifests name passengers.
    """

    matched: tuple[Match, ...]
    missing: tuple[ManifestLine, ...]
    extra: tuple[Aboard, ...]


def compare_manifest(lines: Sequence[ManifestLine], aboard: Sequence[Aboard]) -> Compared:
    """Who of a manifest was scanned, who was not, and who was scanned without being on it."""
    found = dict(_by_number(lines, aboard))
    taken = {match.aboard.id for match in found.values()}
    rest = [at for at in range(len(lines)) if at not in found]
    others = [one for one in aboard if one.id not in taken]
    found |= dict(_by_name(lines, rest, others))
    taken = {match.aboard.id for match in found.values()}
    return Compared(
        matched=tuple(found[at] for at in sorted(found)),
        missing=tuple(line for at, line in enumerate(lines) if at not in found),
        extra=tuple(one for one in aboard if one.id not in taken and not one.drives),
    )


def key_of(number: str) -> str:
    """A document's number in the form in which it is compared; "" for none."""
    return document_key(Document(number=number)) if number else ""


def _by_number(
    lines: Sequence[ManifestLine], aboard: Sequence[Aboard]
) -> Iterator[tuple[int, Match]]:
    free = {key: one for one in reversed(aboard) if (key := key_of(one.number))}
    for at, line in enumerate(lines):
        one = free.pop(key_of(line.number), None)
        if one is not None:
            doubt = bool(line.name and one.name) and _judge(_pair(line, one)) is None
            yield at, Match(line=line, aboard=one, by=MatchedBy.NUMBER, doubt=doubt)


def _by_name(
    lines: Sequence[ManifestLine], rest: Sequence[int], others: Sequence[Aboard]
) -> Iterator[tuple[int, Match]]:
    pairs: list[tuple[float, int, int, Match]] = []
    sounds = [rough_sounds(one.name) for one in others]
    for at in rest:
        wanted = rough_sounds(lines[at].name)
        for which, one in enumerate(others):
            if not _comparable(lines[at], wanted, one, sounds[which]):
                continue
            pair = _pair(lines[at], one)
            judged = _judge(pair)
            if judged is not None:
                by, doubt = judged
                match = Match(line=lines[at], aboard=one, by=by, doubt=doubt)
                pairs.append((-pair.score, at, which, match))
    done: set[int] = set()
    used: set[int] = set()
    for _score, at, which, match in sorted(pairs, key=lambda pair: pair[:3]):
        if at not in done and which not in used:
            done.add(at)
            used.add(which)
            yield at, match


def _comparable(
    line: ManifestLine, wanted: frozenset[str], one: Aboard, sounds: frozenset[str]
) -> bool:
    """Whether they are worth comparing, which takes long: every line meets everybody."""
    if not (line.name and one.name) or (wanted and sounds and wanted.isdisjoint(sounds)):
        return False
    return not births_differ(line.birth, one.birth)


def _pair(line: ManifestLine, one: Aboard) -> ComparedPair:
    return compare_pair(
        Query(surname=line.name, birth=line.birth), Query(surname=one.name, birth=one.birth)
    )


def _judge(pair: ComparedPair) -> tuple[MatchedBy, bool] | None:
    """Whether two names and births are one traveller among those of one bus; None: they are not.

    Brothers share a name, and half a region was born on 1 January: no part of the name may clash, and
    two must agree unless all do.
    """
    name, birth = pair.evidence[0], pair.evidence[1]
    hows = {part.how for part in name.parts}
    agreeing = sum(part.how not in _ALONE for part in name.parts)
    if hows & _CLASHING or name.agrees is not True or birth.how == "different":
        return None
    if name.how != "all_parts" and agreeing < 2:
        return None
    by = MatchedBy.NAME_AND_BIRTH if birth.agrees else MatchedBy.NAME
    return by, birth.how in _NEARLY
