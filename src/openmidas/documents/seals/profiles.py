"""Which features stand in which kind of seal, as far as that is public.

Doc 9303-13 (visa, emergency travel document), BSI TR-03137 (German profiles), and the entry stamp of this
project (docs/format.md). A kind that is not here is read all the same: its features stay bytes.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Coding(StrEnum):
    """How the value of a feature is written."""

    TEXT = "text"
    """C40."""
    MRZ_TD2 = "mrz-td2"
    MRZ_MRV_A = "mrz-mrv-a"
    MRZ_MRV_B = "mrz-mrv-b"
    NUMBER = "number"
    DURATION = "duration"
    """Days, months and years, a byte each."""
    UTF8 = "utf8"
    MOMENT = "moment"
    DIRECTION = "direction"
    LIMIT = "limit"
    """A day; without a value, no limit."""
    BYTES = "bytes"


class FeatureDefinition(msgspec.Struct, frozen=True):
    """One feature that a kind of seal has."""

    tag: int
    name: str
    coding: Coding
    required: bool = True


class Profile(msgspec.Struct, frozen=True):
    """A kind of seal. ``type_code``: definition and category of its header; ``one_of``: names of features
    of which there is exactly one."""

    name: str
    type_code: str
    features: tuple[FeatureDefinition, ...]
    one_of: tuple[str, ...] = ()

    def feature(self, tag: int) -> FeatureDefinition | None:
        """What a tag stands for here."""
        return next((one for one in self.features if one.tag == tag), None)


def _of(
    name: str, type_code: str, *features: tuple[int, str, Coding], one_of: tuple[str, ...] = ()
) -> Profile:
    """A profile; the features whose name ends in a question mark need not be there."""
    defined = tuple(
        FeatureDefinition(tag, called.rstrip("?"), coding, not called.endswith("?"))
        for tag, called, coding in features
    )
    return Profile(name, type_code, defined, one_of)


_ADDRESS = (
    (1, "document_number", Coding.TEXT),
    (2, "municipality", Coding.TEXT),
)
STAMP = _of(
    "entry_stamp",
    "4d10",
    (1, "number", Coding.TEXT),
    (2, "at", Coding.MOMENT),
    (3, "direction", Coding.DIRECTION),
    (4, "stay_until?", Coding.LIMIT),
    (5, "document_ends_in?", Coding.TEXT),
    (6, "post", Coding.UTF8),
)
"""An even category: those are the States' own (Doc 9303-13, header zone)."""
PROFILES = (
    _of(
        "visa",
        "5d01",
        (1, "mrz_a?", Coding.MRZ_MRV_A),
        (2, "mrz_b?", Coding.MRZ_MRV_B),
        (3, "entries?", Coding.NUMBER),
        (4, "duration_of_stay", Coding.DURATION),
        (5, "passport_number", Coding.TEXT),
        (6, "visa_type?", Coding.BYTES),
        (7, "additional?", Coding.BYTES),
        one_of=("mrz_a", "mrz_b"),
    ),
    _of("emergency_travel_document", "5e03", (2, "mrz", Coding.MRZ_TD2)),
    _of(
        "residence_permit",
        "fb06",
        (2, "mrz", Coding.MRZ_TD2),
        (3, "passport_number", Coding.TEXT),
    ),
    _of(
        "supplementary_sheet",
        "fa06",
        (4, "mrz", Coding.MRZ_TD2),
        (5, "sheet_number", Coding.TEXT),
    ),
    _of(
        "arrival_attestation",
        "fd02",
        (2, "mrz", Coding.MRZ_TD2),
        (3, "register_number", Coding.TEXT),
    ),
    _of("address_sticker_identity_card", "f908", *_ADDRESS, (3, "address", Coding.TEXT)),
    _of("address_sticker_residence_permit", "f90c", *_ADDRESS, (3, "address", Coding.TEXT)),
    _of("address_sticker_passport", "f80a", *_ADDRESS, (3, "postal_code", Coding.TEXT)),
    _of(
        "social_insurance_card",
        "fc04",
        (1, "social_insurance_number", Coding.TEXT),
        (2, "surname", Coding.UTF8),
        (3, "first_name", Coding.UTF8),
        (4, "birth_name?", Coding.UTF8),
    ),
    _of("administrative_document", "01c8", (0, "profile", Coding.BYTES)),
    STAMP,
)
_BY_CODE = {profile.type_code: profile for profile in PROFILES}
_BY_NAME = {profile.name: profile for profile in PROFILES}


def profile_of(type_code: str) -> Profile | None:
    """The profile of a header's type."""
    return _BY_CODE.get(type_code)


def profile_named(name: str) -> Profile | None:
    """The profile of this name."""
    return _BY_NAME.get(name)
