"""From evidence to a level: rules that fit on one page and can be explained at a counter.

- A document number that agrees, from a State that does not clash, is *strong* by itself.
- A birth date that clashes ends it: a namesake is no hit.
- The whole name with the day or the year of birth is *strong*.
- A name alone is *weak* and never more; with the nationality beside it, *possible*.
- A poor alias, another sex, or another nationality without a day of birth takes one level off.
"""

from __future__ import annotations

from dataclasses import dataclass

from openmidas.screening.alignment import Grade
from openmidas.screening.births import BirthFinding
from openmidas.screening.evidence import Level
from openmidas.screening.listings import Quality

# Below this many bits a whole name is borne by so many that a year of birth does not make it sure.
# Above what one token can have (`rarity.MOST_BITS`): a single name is never rare enough.
COMMON_NAME_BITS = 9.5

_LEVELS: dict[int, Level] = {1: "weak", 2: "possible", 3: "strong"}


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything compared, ready to be judged. `sex` and `nationality` as in Evidence.agrees."""

    grade: Grade | None
    name_bits: float
    quality: Quality
    birth: BirthFinding
    sex: bool | None
    nationality: bool | None
    number_alone: bool
    number_agrees: bool


def judge(findings: Findings) -> Level | None:
    """The level of a hit, None when it is none."""
    if findings.number_alone:
        return "strong"
    if findings.grade is None or (findings.birth.how == "different" and not findings.number_agrees):
        return None
    level = _whole_name(findings) if findings.grade == "all_parts" else _part_name(findings)
    level -= findings.quality == "low"
    level -= findings.sex is False
    level += findings.number_agrees
    return _LEVELS.get(min(level, 3))


def _whole_name(findings: Findings) -> int:
    how = findings.birth.how
    same_state = findings.nationality is True
    if how == "same_day":
        return 3
    if how == "same_period":
        rare = findings.name_bits >= COMMON_NAME_BITS or same_state
        if findings.nationality is False:
            return 2 if rare else 1
        return 3 if rare and findings.birth.short else 2
    if how in ("near", "not_known"):
        return 2 if same_state else 1
    return 1  # a clash that an agreeing number outweighs


def _part_name(findings: Findings) -> int:
    how = findings.birth.how
    same_state = findings.nationality is True
    if how == "same_day":
        return 3 if same_state or findings.name_bits >= 2 * COMMON_NAME_BITS else 2
    if how == "same_period" and findings.birth.short:
        return 2 if same_state else int(findings.nationality is None)
    return int(same_state)
