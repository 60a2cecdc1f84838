"""All files of a chip at once: what they say, and how far they can be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

import msgspec

from openmidas.documents.chip.authentication import authenticate
from openmidas.documents.chip.details import (
    DocumentDetails,
    PersonDetails,
    read_document,
    read_person,
)
from openmidas.documents.chip.faces import Faces, read_faces
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import (
    ChipKey,
    Contents,
    SecurityOptions,
    Zone,
    read_chip_key,
    read_com,
    read_options,
    read_zone,
)
from openmidas.documents.chip.originality import originality, prove
from openmidas.documents.chip.proofs import ChipProofs
from openmidas.documents.chip.steps import Authentication, Step, StepOutcome
from openmidas.documents.chip.trust import TrustStore
from openmidas.documents.reading import Reading

COM, SOD = "COM", "SOD"
MOST_FILES = 24
_FILE = re.compile(r"(?:EF[._-]?)?(COM|SOD|DG0?([1-9]|1[0-6]))(?:\.(?:bin|dat|tlv|ef|der))?", re.I)
_COMPARED = (
    *("document_code", "issuer", "number", "surname", "given_names", "nationality"),
    *("birth", "sex", "expiry", "optional"),
)
_Read = TypeVar("_Read")


class ChipReading(msgspec.Struct, frozen=True, kw_only=True):
    """One chip, read. What is None was not there, or could not be read: then a finding says why."""

    authentication: Authentication
    proofs: tuple[Step, ...] = ()
    """Active authentication, chip authentication: whether it is a copy."""
    contents: Contents | None = None
    zone: Zone | None = None
    faces: Faces | None = None
    person: PersonDetails | None = None
    document: DocumentDetails | None = None
    options: SecurityOptions | None = None
    key: ChipKey | None = None
    findings: tuple[ChipFinding, ...] = ()
    """Of files that cannot be read, and of what does not fit together."""

    @property
    def originality(self) -> StepOutcome:
        """*passed*: the original; *failed*: a copy; *unknown*; *not_performed*: not offered, or not asked."""
        return originality(self.proofs)


def file_name(name: str) -> str | None:
    """Which file of a chip a file on disk is, by its name: ``EF.SOD``, ``dg1.bin``; None for any other."""
    found = _FILE.fullmatch(name)
    if found is None:
        return None
    return f"DG{found[2]}" if found[2] else found[1].upper()


def read_chip(
    files: Mapping[str, bytes],
    trust: TrustStore,
    *,
    at: datetime,
    printed: Reading | None = None,
    proofs: ChipProofs | None = None,
) -> ChipReading:
    """Read and check the files of a chip: ``COM``, ``SOD``, ``DG1`` to ``DG16``. Never raises.

    `at`: now, of which the day decides the centuries. `printed`: the printed zone, to compare DG1 with.
    `proofs`: what the chip answered when it was asked to prove itself.
    Files of strangers are better read by `confined.read_chip_confined`.
    """
    findings: list[ChipFinding] = []
    reader = _Reader(files, findings)
    zone = reader.take("DG1", "4.7.1", lambda file: read_zone(file, today=at.date()))
    contents = reader.take(COM, "4.6.1", read_com)
    groups = {int(name[2:]): file for name, file in files.items() if name.startswith("DG")}
    authentication = authenticate(
        files.get(SOD), groups, trust, at=at, issuer=zone.reading.issuer if zone else ""
    )
    faces = reader.take("DG2", "4.7.2", read_faces)
    person = reader.take("DG11", "4.7.11", read_person)
    document = reader.take("DG12", "4.7.12", read_document)
    for one in (faces, person, document):
        findings += one.findings if one else ()
    if contents:
        findings += _announced(contents, authentication)
    if zone and printed and printed.format:
        findings += zone_differences(printed, zone.reading)
    return ChipReading(
        authentication=authentication,
        proofs=prove(files, authentication, proofs),
        contents=contents,
        zone=zone,
        faces=faces,
        person=person,
        document=document,
        options=reader.take("DG14", "4.7.14", read_options),
        key=reader.take("DG15", "4.7.15", read_chip_key),
        findings=tuple(findings),
    )


def zone_differences(printed: Reading, chip: Reading) -> list[ChipFinding]:
    """Where the printed zone and the one in the chip differ: one of the two was changed, or misread."""
    differing = [name for name in _COMPARED if getattr(printed, name) != getattr(chip, name)]
    return [
        ChipFinding("zone_differs", name, "Doc 9303-10, 4.7.1", {"field": name})
        for name in differing
    ]


class _Reader:
    """Reads file by file: one that cannot be read costs no other."""

    def __init__(self, files: Mapping[str, bytes], findings: list[ChipFinding]) -> None:
        self.files, self.findings = files, findings

    def take(self, name: str, paragraph: str, read: Callable[[bytes], _Read]) -> _Read | None:
        file = self.files.get(name)
        if file is None:
            return None
        try:
            return read(file)
        except Unreadable as error:
            self.findings.append(error.finding(name, f"Doc 9303-10, {paragraph}"))
            return None


def _announced(contents: Contents, authentication: Authentication) -> list[ChipFinding]:
    """EF.COM is not signed: a group that it leaves out, or adds, against EF.SOD is worth knowing."""
    signed = {group for group, said in authentication.groups.items() if said != "not_signed"}
    different = sorted(signed.symmetric_difference(contents.groups)) if signed else []
    if not different:
        return []
    params = {"groups": ", ".join(f"DG{group}" for group in different)}
    return [ChipFinding("contents_differ", COM, "Doc 9303-10, 4.6.1", params, informative=True)]
