"""What a seal says, feature by feature, and what in it is not as its kind has it."""

from __future__ import annotations

from collections import Counter

import msgspec

from openmidas.documents.reading import ReadingFinding
from openmidas.documents.seals.problems import finding
from openmidas.documents.seals.profiles import FeatureDefinition, Profile, profile_of
from openmidas.documents.seals.values import NotAValue, read_value, zone_coding
from openmidas.documents.seals.vds import Vds, VdsFeature


class Field(msgspec.Struct, frozen=True):
    """A feature. ``name`` is empty for one that is not known, and ``text`` then its bytes, hexadecimal."""

    tag: int
    name: str
    text: str


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a seal. ``kind``: its profile's name, empty where that is not known; ``zone``: the two
    lines of a machine readable zone, if there is one."""

    kind: str
    fields: tuple[Field, ...]
    zone: str = ""
    findings: tuple[ReadingFinding, ...] = ()

    def text(self, name: str) -> str:
        """The text of a feature; empty where it is not there."""
        return next((field.text for field in self.fields if field.name == name), "")


def contents_of(seal: Vds) -> Contents:
    """What stands in a seal, whether it is genuine or not."""
    header = seal.header
    profile = profile_of(header.type_code)
    findings = [
        finding("date_not_allowed", "header", name)
        for name, day in (("issued", header.issued), ("signed", header.signed))
        if day is None
    ]
    if profile is None:
        findings.append(finding("kind_unknown", "header", read=header.type_code))
    fields, zone = [], ""
    for feature in seal.message:
        defined = profile.feature(feature.tag) if profile else None
        field, problem = _field(feature, defined)
        fields.append(field)
        if problem is not None:
            findings.append(problem)
        elif defined is not None and zone_coding(defined.coding):
            zone = field.text
    findings += _missing(profile, seal.message) if profile else []
    return Contents(
        kind=profile.name if profile else "",
        fields=tuple(fields),
        zone=zone,
        findings=tuple(findings),
    )


def _field(
    feature: VdsFeature, defined: FeatureDefinition | None
) -> tuple[Field, ReadingFinding | None]:
    raw = feature.value.hex()
    if defined is None:
        tag = f"{feature.tag:02x}"
        return Field(feature.tag, "", raw), finding("feature_unknown", "message", tag, tag=tag)
    try:
        return Field(feature.tag, defined.name, read_value(defined.coding, feature.value)), None
    except NotAValue:
        problem = finding("feature_malformed", "message", defined.name, read=raw[:60])
        return Field(feature.tag, "", raw), problem


def _missing(profile: Profile, message: tuple[VdsFeature, ...]) -> list[ReadingFinding]:
    """Features that should be there and are not, and those that are there twice."""
    count = Counter(feature.tag for feature in message)
    there = {one.name for one in profile.features if count[one.tag]}
    found = [
        finding("feature_missing", "message", one.name)
        for one in profile.features
        if one.required and one.name not in there
    ]
    if profile.one_of and len(there.intersection(profile.one_of)) != 1:
        found.append(finding("feature_missing", "message", profile.one_of[0]))
    found += [
        finding("feature_twice", "message", f"{tag:02x}")
        for tag, times in count.items()
        if times > 1
    ]
    return found
