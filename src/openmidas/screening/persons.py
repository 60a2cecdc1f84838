"""Two travellers, each as a document or a record tells of them: may they be one person?

Nothing here says that they are one; a person decides.
"""

from __future__ import annotations

from typing import get_args

import msgspec

from openmidas.documents import PartialDate
from openmidas.screening.births import compare_births
from openmidas.screening.comparing import compare
from openmidas.screening.evidence import Evidence, Level, NamePart, Query
from openmidas.screening.explanation import explain
from openmidas.screening.listings import ListedBirth, ListedDocument, ListedName, Listing, Sex
from openmidas.screening.names import consonants, fold, is_particle, skeleton
from openmidas.screening.numbers import number_key
from openmidas.screening.prepared import prepare_listing, prepare_query
from openmidas.screening.tokens import Lexicon

_AGREEING = ("same_day", "same_period")


class Likeness(msgspec.Struct, frozen=True):
    """Two travellers who may be one. ``evidence``: ours and theirs, field by field.

    ``score`` is the sum of its weights, in bits.
    """

    level: Level
    score: float
    evidence: tuple[Evidence, ...]


class ComparedPair(msgspec.Struct, frozen=True):
    """What two records have in common, and not. ``level`` is None where little speaks for one person.

    ``evidence``: the first one's values and the other's, field by field; ``score`` is the sum of
    its weights, in bits; ``probability`` what that makes of one pair among a thousand.
    """

    level: Level | None
    score: float
    evidence: tuple[Evidence, ...]
    probability: float


def compare_pair(one: Query, other: Query, lexicon: Lexicon | None = None) -> ComparedPair:
    """Compare two records, whatever comes of it. Which of them is called ours changes no score.

    Names may be in full or in parts, in any script. `lexicon`: how common names are, else as shipped.
    """
    flip = other.name_truncated and not one.name_truncated
    ours, theirs = (other, one) if flip else (one, other)
    listing = as_listing(theirs)
    bare = not (one.birth or other.birth or one.number or other.number)
    found = compare(prepare_query(ours, lexicon), prepare_listing(listing, lexicon), bare=bare)
    evidence = explain(found, ours, listing)
    if flip:
        evidence = tuple(_flipped(item) for item in evidence)
    return ComparedPair(found.level, found.score, evidence, found.probability())


def compare_travellers(ours: Query, theirs: Query) -> Likeness | None:
    """Whether two travellers may be one person, and why; None where nothing speaks for it.

    Their births must agree, as far as known, or else the numbers of their documents. Without the
    same day of birth or the same number, they are *possible* at most; with the same day, the whole
    name is enough for *strong*, however common: they are two of a few, not one of all people.
    """
    key = number_key(ours.number)
    same = bool(key) and key == number_key(theirs.number)
    birth = compare_births(ours.birth, _births(theirs))
    if birth.how not in _AGREEING and not same:
        return None
    found = compare_pair(ours, theirs)
    if found.level is None:
        return None
    name, _birth, sex, _nationality, number = found.evidence
    level = found.level
    if birth.how == "same_day" and name.how == "all_parts" and sex.agrees is not False:
        level = "strong"
    elif level == "strong" and not (birth.how == "same_day" or (same and number.agrees)):
        level = "possible"
    return Likeness(level, found.score, found.evidence)


def births_agree(ours: PartialDate | None, theirs: PartialDate | None) -> bool:
    """Whether two births are the same, as far as both are known."""
    return compare_births(ours, _births(Query(birth=theirs))).how in _AGREEING


def births_differ(ours: PartialDate | None, theirs: PartialDate | None) -> bool:
    """Whether two births are so far apart that no slip explains it."""
    return compare_births(ours, _births(Query(birth=theirs))).how == "different"


def rough_sounds(name: str) -> frozenset[str]:
    """The words of a name by their consonants: two spellings of it share one, but for two slips.

    Cheap beside `compare_pair`; none where no word names.
    """
    return frozenset(consonants(token) or skeleton(token) for token in _naming(name))


def meeting_keys(traveller: Query) -> tuple[str, ...]:
    """Two texts of which two documents of one person mostly share one, at its place; or none.

    The year of birth with the first and with the last of the name's words by their sound: cheap to
    look up, whatever order the words stand in, and with a word more or less. None without a year of
    birth and a word that names.
    """
    tokens = _naming(_text(traveller))
    if traveller.birth is None or not tokens:
        return ()
    sounds = sorted(skeleton(token) for token in tokens)
    return tuple(f"{traveller.birth.year} {sound}" for sound in (sounds[0], sounds[-1]))


def as_listing(traveller: Query) -> Listing:
    """A traveller in the form that comparing takes for the other side."""
    number, issuer = traveller.number, traveller.number_issuer
    sexes: dict[str | None, Sex] = {sex: sex for sex in get_args(Sex)}
    text = " ".join(part for part in (issuer, number) if part)
    return Listing(
        id="",
        kind="person",
        names=(ListedName(_text(traveller)),),
        births=_births(traveller),
        sex=sexes.get(traveller.sex),
        nationalities=(traveller.nationality,) if traveller.nationality else (),
        documents=(ListedDocument("other", number, issuer, text),) if number else (),
    )


def _flipped(item: Evidence) -> Evidence:
    parts = tuple(NamePart(part.theirs, part.ours, part.how, part.weight) for part in item.parts)
    return Evidence(item.field, item.agrees, item.theirs, item.ours, item.how, item.weight, parts)


def _naming(name: str) -> list[str]:
    return [token for token in fold(name) if len(token) > 1 and not is_particle(token)]


def _text(traveller: Query) -> str:
    return f"{traveller.surname} {traveller.given_names}".strip()


def _births(traveller: Query) -> tuple[ListedBirth, ...]:
    birth = traveller.birth
    return (ListedBirth(birth.earliest(), birth.latest(), birth.text()),) if birth else ()
