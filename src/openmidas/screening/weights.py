"""What each piece of evidence weighs, in bits: learned once, shipped, the same everywhere.

Made by `tools/learn_weights.py`. A bit doubles the odds that the two are one person. Everything is
added and nothing else decides the score, so that each figure can be shown beside its reason.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import msgspec

from openmidas.screening.births import BirthBin
from openmidas.screening.relations import Relation

FILE = "weights.json"


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """`per_bit` and `always`: a part that goes together weighs its rarity times the one, plus the
    other. `together` is what each bit weighs by which names that often go together tell less
    (`Lexicon.together`). The rest are bits. `extra` is a part that only one side has, `extra_more`
    each further one, `clash` a part on either side without a counterpart. `prior_offset` belongs to
    no evidence: what turns a score into a likelihood, beside the number of listings.
    """

    per_bit: dict[Relation, float]
    always: dict[Relation, float]
    joined: float
    clash: float
    extra: float
    extra_more: float
    extra_particle: float
    low_quality: float
    together: float
    birth: dict[BirthBin, float]
    sex: tuple[float, float]
    nationality: tuple[float, float]
    number_alone: float
    number_supports: float
    number_other_issuer: float
    prior_offset: float


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the program."""
    return msgspec.json.decode(
        resources.files(__package__).joinpath(FILE).read_bytes(), type=Weights
    )
