"""How two parts of names go together, from the same letters to nothing at all."""

from __future__ import annotations

from typing import Literal

from rapidfuzz.distance import OSA

from openmidas.screening.tokens import Token

Relation = Literal[
    "same", "same_sound", "same_name", "same_consonants", "one_slip", "near", "far", "initial", "start"
]  # fmt: skip
"""Those of `evidence.PartHow` that hold between two parts."""

_FEWEST_CONSONANTS = 3
_FEWEST_CONSONANTS_VOWELLESS = 2
_SHORTEST_LIKE = 4
_SHORTEST_CUT = 3
_ONE_SLIP, _NEAR, _FAR = 0.85, 0.745, 0.6
_MOST_DIFFER = 2 * (1 - _FAR)


def relate(ours: Token, theirs: Token, *, cut: bool = False) -> Relation | None:
    """What `ours` is to `theirs`; None when they are two names.

    `cut` says that ours may have been cut off by the length of an MRZ.
    """
    one, two = ours.text, theirs.text
    if one == two:
        return "same"
    if len(one) == 1 or len(two) == 1:
        return "initial" if one[0] == two[0] and ours.naming != theirs.naming else None
    if ours.skeleton == theirs.skeleton:
        return "same_sound"
    # Which names a part is a form of is looked up only beside one that is a form of some.
    if ours.groups and not ours.groups.isdisjoint(theirs.groups):
        return "same_name"
    if _same_but_for_article(ours, theirs):
        return "same_name"
    if ours.consonants == theirs.consonants and _same_consonants(ours, theirs):
        return "same_consonants"
    if cut and len(one) >= _SHORTEST_CUT and two.startswith(one):
        return "start"
    if ours.naming and theirs.naming and len(one) >= _SHORTEST_LIKE <= len(two):
        return _like(ours, theirs)
    return None


def _same_but_for_article(ours: Token, theirs: Token) -> bool:
    """ELSAYED beside SAYYID or ALSAYID: the article is written to a name, or not."""
    if ours.text[1] != "L" and theirs.text[1] != "L":
        return False
    one, two = ours.unarticled, theirs.unarticled
    if one and two:
        return one == two
    return one == theirs.skeleton if one else bool(two) and two == ours.skeleton


def _same_consonants(ours: Token, theirs: Token) -> bool:
    """Whether two of the same consonants are one name."""
    shared = ours.consonants
    if len(shared) < _FEWEST_CONSONANTS_VOWELLESS:
        return False
    if ours.vowelless != theirs.vowelless:
        return True
    if len(shared) < _FEWEST_CONSONANTS:
        return False
    both = ours.vowelless and theirs.vowelless
    return both or (ours.frame == theirs.frame and ours.skeleton[0] == theirs.skeleton[0])


def _like(ours: Token, theirs: Token) -> Relation | None:
    """Slips of finger, eye and ear: the share of letters that stay, in writing or in sound.

    Each slip changes two letters at most, so that most pairs of names need not be laid together.
    """
    one, two = ours.text, theirs.text
    found = 0.0
    if (ours.letters ^ theirs.letters).bit_count() <= _MOST_DIFFER * max(len(one), len(two)):
        found = OSA.normalized_similarity(one, two, score_cutoff=_FAR)
    if found < _ONE_SLIP and (
        (ours.sounds ^ theirs.sounds).bit_count()
        <= _MOST_DIFFER * (longest := max(len(ours.skeleton), len(theirs.skeleton)))
        and longest >= _SHORTEST_LIKE
    ):
        found = max(found, _in_sound(ours.skeleton, theirs.skeleton))
    if found >= _NEAR:
        return "one_slip" if found >= _ONE_SLIP else "near"
    if one[:_SHORTEST_LIKE] == two[:_SHORTEST_LIKE] and (
        one.startswith(two) or two.startswith(one)
    ):
        return "start"
    return "far" if found >= _FAR else None


def _in_sound(one: str, two: str) -> float:
    if len(one) < _SHORTEST_LIKE or len(two) < _SHORTEST_LIKE:
        return 0.0
    return OSA.normalized_similarity(one, two, score_cutoff=_FAR)
