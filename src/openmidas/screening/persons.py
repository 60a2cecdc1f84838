"""Two travellers, each as a document tells of them: may they be one person?

For crossings whose documents differ. Nothing here says that they are one; a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from openmidas.documents import PartialDate
from openmidas.screening.alignment import Name, align, prepare
from openmidas.screening.births import compare_births
from openmidas.screening.evidence import Evidence, Level, Query
from openmidas.screening.explanation import Met, explain
from openmidas.screening.listings import ListedBirth, ListedDocument, ListedName, Listing, Sex
from openmidas.screening.matching import Findings, judge
from openmidas.screening.names import fold, is_particle, skeleton
from openmidas.screening.numbers import number_key
from openmidas.screening.rarity import INITIAL_BITS, LEAST_BITS, PARTICLE_BITS
from openmidas.screening.similarity import TRUNCATED, alike, alike_joined, begins

_AGREEING = ("same_day", "same_period")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two travellers who may be one. ``evidence``: ours and theirs, field by field.

    ``score``, in bits, only puts several likenesses in order.
    """

    level: Level
    score: float
    evidence: tuple[Evidence, ...]


def compare_travellers(ours: Query, theirs: Query) -> Likeness | None:
    """Whether two travellers may be one person, and why; None where nothing speaks for it.

    Their births must agree, as far as known, or else the numbers of their documents. How common a
    name is among travellers is not known here, so that every name is taken for a common one.
    Without the same day of birth or the same number, they are *possible* at most.
    """
    other = _as_listing(theirs)
    key = number_key(ours.number)
    same = bool(key) and key == number_key(theirs.number)
    birth = compare_births(ours.birth, other.births)
    if birth.how not in _AGREEING and not same:
        return None
    one_name, other_name = prepare(_text(ours), _bits), prepare(_text(theirs), _bits)
    if theirs.name_truncated and not ours.name_truncated:
        alignment = align(other_name, one_name, _Alike(other_name, one_name, True), truncated=True)
    else:
        cut = ours.name_truncated
        alignment = align(one_name, other_name, _Alike(one_name, other_name, cut), truncated=cut)
    met = Met(other.names[0], alignment, birth, other.documents[0] if same else None)
    findings, evidence = explain(ours, other, met)
    level = _level(findings)
    return level and Likeness(level, sum(one.weight for one in evidence), evidence)


def births_agree(ours: PartialDate | None, theirs: PartialDate | None) -> bool:
    """Whether two births are the same, as far as both are known."""
    return compare_births(ours, _births(theirs)).how in _AGREEING


def meeting_keys(traveller: Query) -> tuple[str, ...]:
    """Two texts of which two documents of one person mostly share one, at its place; or none.

    The year of birth with the first and with the last of the name's words by their sound: cheap to
    look up, whatever order the words stand in, and with a word more or less. None without a year of
    birth and a word that names.
    """
    tokens = [t for t in fold(_text(traveller)) if len(t) > 1 and not is_particle(t)]
    if traveller.birth is None or not tokens:
        return ()
    sounds = sorted(skeleton(token) for token in tokens)
    return tuple(f"{traveller.birth.year} {sound}" for sound in (sounds[0], sounds[-1]))


def _level(findings: Findings) -> Level | None:
    level = judge(findings)
    sure = findings.birth.how == "same_day" or findings.number_agrees
    return "possible" if level == "strong" and not sure else level


class _Alike:
    """How alike two parts are; those that are two words written as one are met by sound only."""

    def __init__(self, ours: Name, theirs: Name, truncated: bool) -> None:
        parts = (*ours.parts, *theirs.parts)
        joined = {part.text for part in parts if part.first != part.last}
        self._joined = joined - {part.text for part in parts if part.first == part.last}
        self._truncated = truncated

    def __call__(self, ours: str, theirs: str) -> float:
        joined = ours in self._joined or theirs in self._joined
        likeness = (alike_joined if joined else alike)(ours, theirs)
        if not likeness and self._truncated and begins(ours, theirs):
            return TRUNCATED
        return likeness


def _text(traveller: Query) -> str:
    return f"{traveller.surname} {traveller.given_names}".strip()


def _bits(token: str) -> float:
    if is_particle(token):
        return PARTICLE_BITS
    return INITIAL_BITS if len(token) == 1 else LEAST_BITS


def _births(birth: PartialDate | None) -> tuple[ListedBirth, ...]:
    return (ListedBirth(birth.earliest(), birth.latest(), birth.text()),) if birth else ()


def _as_listing(traveller: Query) -> Listing:
    """The other traveller in the form that evidence is gathered from."""
    number, issuer = traveller.number, traveller.number_issuer
    sexes: dict[str | None, Sex] = {sex: sex for sex in get_args(Sex)}
    text = " ".join(part for part in (issuer, number) if part)
    return Listing(
        id="",
        kind="person",
        names=(ListedName(_text(traveller)),),
        births=_births(traveller.birth),
        sex=sexes.get(traveller.sex),
        nationalities=(traveller.nationality,) if traveller.nationality else (),
        documents=(ListedDocument("other", number, issuer, text),) if number else (),
    )
