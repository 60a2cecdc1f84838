"""A question to the lists, and the answer with its reasons."""

from __future__ import annotations

from typing import Literal

import msgspec

from openmidas.documents import PartialDate
from openmidas.screening.listings import Listing, Quality

Field = Literal["name", "birth", "sex", "nationality", "number"]
Level = Literal["strong", "possible", "weak"]
How = Literal[
    "all_parts",  # name: every part that names has its counterpart
    "some_parts",  # name: one side has parts that the other lacks
    "different",  # any field: they differ
    "same",  # sex, nationality, number
    "same_day",  # birth: the same known day
    "same_period",  # birth: within the year or the years that one side gives
    "swapped",  # birth: day and month change places
    "one_figure",  # birth: one figure of it differs
    "near",  # birth: within one year of it
    "not_known",  # any field: one side says nothing
    "other_issuer",  # number: the same, from another State
]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the traveller. Names in any script and order; codes are alpha-3."""

    surname: str = ""
    given_names: str = ""
    birth: PartialDate | None = None
    sex: str | None = None
    nationality: str | None = None
    number: str = ""
    number_issuer: str | None = None
    name_truncated: bool = False


PartHow = Literal[
    "same",  # the same letters
    "same_sound",  # another spelling of one sound: DJALLO, JALO
    "same_name",  # two forms of one name: DIALLO, JALLOW
    "same_consonants",  # vowels differ, or were not written: MOHAMED, MHMD
    "one_slip",  # nearly the same letters
    "near",  # much alike
    "far",  # somewhat alike
    "initial",  # one is the first letter of the other
    "start",  # one is the beginning of the other
    "clash",  # two different names, one on each side
    "extra",  # a part that only one side has
    "cut",  # what may stand beyond the end of a name that was cut off
    "low_quality",  # the list itself calls this alias poor
    "together",  # names that agree and are often borne together: they tell less than they would apart
]


class NamePart(msgspec.Struct, frozen=True, gc=False):
    """A piece of the evidence of a name: parts that go together, or one without counterpart.

    `ours` and `theirs` are in plain capital letters, "" where that side has none. `weight` in bits.
    """

    ours: str
    theirs: str
    how: PartHow
    weight: float


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """What one field says. `agrees` is None when it says nothing or only "near".

    `ours` is the traveller's value, `theirs` the list's, both as text. `weight` is what the field
    adds to the score, in bits: positive speaks for the same person. `parts` is what the weight of
    a name is the sum of.
    """

    field: Field
    agrees: bool | None
    ours: str
    theirs: str
    how: How
    weight: float
    parts: tuple[NamePart, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that may be this traveller. `name` is the listed name that was met.

    `score` is the sum of the evidence's weights in bits; it orders hits and means the same for
    every query. `probability` is how likely that makes it that they are one person, given how many
    listings there are. The level follows the rules in `levels`.
    """

    list_code: str
    listing: Listing
    name: str
    quality: Quality
    level: Level
    score: float
    evidence: tuple[Evidence, ...]
    probability: float = 0.0
