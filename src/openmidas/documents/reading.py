"""What a machine readable zone says, and how far it can be trusted."""

from __future__ import annotations

from typing import Literal

import msgspec

from openmidas.documents.blind import BlindCharacter, blind_characters
from openmidas.documents.dates import PartialDate

FormatName = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
Sex = Literal["F", "M", "X"]

INFORMATIVE = frozenset(
    {"specimen", "state_code_withdrawn", "state_code_unlisted", "expiry_absent", "date_part_unused"}
)
"""Codes of findings that break no rule of Doc 9303: `Reading.ok` stays true beside them."""


class ReadingFinding(msgspec.Struct, frozen=True):
    """One thing to know about a reading: a broken rule, a repair, or (`INFORMATIVE`) a remark."""

    code: str
    field: str
    paragraph: str
    """Where Doc 9303 (8th edition) states the rule: "Doc 9303-3, 4.9"."""
    params: dict[str, str] = {}

    @property
    def informative(self) -> bool:
        """Whether this breaks no rule."""
        return self.code in INFORMATIVE


class Reading(msgspec.Struct, frozen=True):
    """One machine readable zone, read.

    `ok` is true when all that Doc 9303 requires of the zone as given holds; a zone that had to be
    repaired is not `ok`. Fields that could not be read are empty or None and have a finding;
    `lines` keeps what was given, unrepaired.
    """

    lines: tuple[str, ...]
    format: FormatName | None
    ok: bool
    document_code: str = ""
    issuer: str = ""
    """Code of the issuing State or organisation, without fillers: "NER", "D"."""
    number: str = ""
    """In full, with the part that overflowed; a filler inside it stays `<`. Never corrected."""
    surname: str = ""
    given_names: str = ""
    nationality: str = ""
    birth: PartialDate | None = None
    expiry: PartialDate | None = None
    sex: Sex | None = None
    """None when the document leaves it unspecified (`<`), or when it could not be read."""
    optional: str = ""
    """Optional data; the two fields of a TD1 are separated by a space."""
    name_truncated: bool = False
    """The name fills its field, so it must be taken as cut short (Doc 9303-4, 4.2.3)."""
    findings: tuple[ReadingFinding, ...] = ()

    @property
    def number_blind(self) -> tuple[BlindCharacter, ...]:
        """The characters of the number that its check digit does not tell from their look-alikes."""
        return blind_characters(self.number)
