"""From a chip in the field of a reader to its files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from openmidas.documents.chip.access.bac import open_by_bac
from openmidas.documents.chip.access.card_access import CardAccess, PaceWay, read_card_access
from openmidas.documents.chip.access.commands import OK, Answer, Command
from openmidas.documents.chip.access.files import COM, SHORT_PIECE, SOD, read_file
from openmidas.documents.chip.access.line import SECONDS, Line, Transmit
from openmidas.documents.chip.access.messaging import SecureLine
from openmidas.documents.chip.access.pace import open_by_pace
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.access.proving import ask_for_proofs
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import DG14, read_com
from openmidas.documents.chip.proofs import ChipProofs
from openmidas.documents.chip.sod import read_sod
from openmidas.documents.chip.tlv import read_one

WANTED = (1, 2, 11, 12, 14, 15)
"""Fingers (3) and irises (4) are not asked for: their State opens them to whom it names."""
MOST_TOTAL = 2 * 1024 * 1024
EXTENDED_PIECE = 2048
_APPLICATION = bytes.fromhex("A0000002471001")
_CARD_ACCESS = 0x011C
_ABSENT = ("6A82", "6A83")
LASTING = ("chip_gone", "chip_silent", "chip_too_long", "messaging_lost", "messaging_wrong")
"""After these there is no reading on."""
Access = Literal["PACE", "BAC"]


class ChipFiles(msgspec.Struct, frozen=True):
    """What was read. ``access``: how the chip was opened; ``cipher``: such as ``AES-128``."""

    files: dict[str, bytes]
    access: Access
    cipher: str
    findings: tuple[ChipFinding, ...] = ()
    """Of files that could not be read, and where reading ended early."""
    proofs: ChipProofs = ChipProofs()
    """What the chip answered when it was asked to prove that it is no copy, for `read_chip`."""


def read_files(
    transmit: Transmit,
    password: Password,
    *,
    groups: Iterable[int] = WANTED,
    pace: bool = True,
    extended: bool = False,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> ChipFiles:
    """Open a chip and read EF.COM, EF.SOD and data groups, as `read_chip_confined` takes them.

    By PACE where the chip has it, else by BAC; `pace=False`: by BAC at once. `extended`: in pieces of 2 kB,
    which not every reader and not every chip can do.
    Raises `Unreadable` where the chip cannot be opened; where reading ends early, what was read is given,
    with a finding that says why.
    """
    line = Line(transmit, seconds=seconds, clock=clock)
    findings: list[ChipFinding] = []
    offered = _offered(line, findings) if pace else None
    way = offered.ways[0] if offered and offered.ways else None
    if offered and offered.said and way is None:
        findings.append(_about_access("pace_unknown", "4.4", informative=True))
    channel = _opened(line, password, way)
    reader = _Reader(channel, EXTENDED_PIECE if extended else SHORT_PIECE, findings)
    whole = reader.read_all(tuple(groups))
    if offered and "DG14" in reader.files:
        reader.compare(offered)
    return ChipFiles(
        reader.files,
        "PACE" if way else "BAC",
        way.cipher if way else "3DES",
        tuple(findings),
        ask_for_proofs(channel, reader.files, reader.absent) if whole else ChipProofs(),
    )


def _offered(line: Line, findings: list[ChipFinding]) -> CardAccess | None:
    """EF.CardAccess, which lies beside the application; None where the chip is older than PACE."""
    try:
        return read_card_access(read_file(line, _CARD_ACCESS))
    except Unreadable as error:
        if error.code in LASTING:
            raise
        if error.code != "chip_refused":
            findings.append(error.finding("CardAccess", "Doc 9303-11, 9.2.1"))
        return None


def _about_access(code: str, paragraph: str, *, informative: bool = False) -> ChipFinding:
    return ChipFinding(code, "CardAccess", f"Doc 9303-11, {paragraph}", informative=informative)


def _opened(line: Line, password: Password, way: PaceWay | None) -> SecureLine:
    choose = Command(0, 0xA4, 0x04, 0x0C, _APPLICATION)
    if way is not None:
        channel = open_by_pace(line, password, way)
        _document(channel.send(choose))
        return channel
    _document(line.send(choose))
    return open_by_bac(line, password)


def _document(answer: Answer) -> None:
    if answer.status != OK:
        raise Unreadable("not_a_document", status=f"{answer.status:04X}")


class _Reader:
    """Reads file by file: one that cannot be read costs no other, until the line ends."""

    def __init__(self, channel: SecureLine, piece: int, findings: list[ChipFinding]) -> None:
        self.channel, self.piece, self.findings = channel, piece, findings
        self.files: dict[str, bytes] = {}
        self.refused: list[str] = []

    def read_all(self, groups: tuple[int, ...]) -> bool:
        """EF.COM first, for what there is; then EF.SOD, and the groups that are wanted.

        Whether the line still stands. Nothing signs EF.COM, so what EF.SOD has is asked for as well.
        """
        if not self._take("COM", COM):
            return False
        if not self._take("SOD", SOD):
            return False
        there = self._said()
        for one in groups:
            wanted = 1 <= one <= 16 and (there is None or one in there)
            if wanted and not self._take(f"DG{one}", 0x0100 + one):
                return False
        return True

    @property
    def absent(self) -> tuple[int, ...]:
        """The groups that the chip refused to give."""
        return tuple(int(name[2:]) for name in self.refused if name.startswith("DG"))

    def compare(self, offered: CardAccess) -> None:
        """EF.CardAccess is not signed; DG14 is, and must have all of it (Doc 9303-11, 9.2.11)."""
        try:
            signed = read_card_access(read_one(self.files["DG14"], DG14).value)
        except Unreadable:
            return  # reading the file says so
        if not offered.said <= signed.said:
            self.findings.append(_about_access("card_access_differs", "9.2.11"))

    def _said(self) -> set[int] | None:
        """The groups that there are by EF.COM and EF.SOD; None where one of the two does not say."""
        try:
            listed = read_com(self.files["COM"]).groups
            return {*listed, *read_sod(self.files["SOD"]).hashes}
        except (KeyError, Unreadable):
            return None  # reading the file says so

    def _take(self, name: str, file: int) -> bool:
        """Whether reading can go on after this file."""
        if sum(map(len, self.files.values())) > MOST_TOTAL:
            self.findings.append(
                Unreadable("too_large", most=str(MOST_TOTAL)).finding(name, "Doc 9303-10, 3.6")
            )
            return False
        try:
            self.files[name] = read_file(self.channel, file, self.piece)
        except Unreadable as error:
            if error.code == "chip_refused":
                self.refused.append(name)
            if error.code == "chip_refused" and error.params["status"] in _ABSENT:
                return True
            self.findings.append(error.finding(name, "Doc 9303-10, 3.6"))
            return error.code not in LASTING
        return True
