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


class Evidence(msgspec.Struct, frozen=True):
    """What one field says. `agrees` is None when it says nothing or only "near".

    `ours` is the traveller's value, `theirs` the list's, both as text. `weight` is what the field
    adds to the score, in bits: positive speaks for the same person.
    """

    field: Field
    agrees: bool | None
    ours: str
    theirs: str
    how: How
    weight: float


class Hit(msgspec.Struct, frozen=True):
    """A listing that may be this traveller. `name` is the listed name that was met.

    `score` is the sum of the evidence's weights in bits; it orders hits and means the same for
    every query. The level is decided by rules (see `matching`), not by the score.
    """

    list_code: str
    listing: Listing
    name: str
    quality: Quality
    level: Level
    score: float
    evidence: tuple[Evidence, ...]
