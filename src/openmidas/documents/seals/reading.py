"""Everything that is asked of one seal, at once: so nobody takes a stranger's bytes apart a second time."""

from __future__ import annotations

from datetime import date

import msgspec

from openmidas.documents.chip.countries import same_state
from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import Reading, ReadingFinding
from openmidas.documents.receipts import CrossingReceipt
from openmidas.documents.seals.anything import Seal, read_seal
from openmidas.documents.seals.certificates import Trust
from openmidas.documents.seals.checking import Outcome, Verdict, check_seal
from openmidas.documents.seals.contents import Contents, contents_of
from openmidas.documents.seals.problems import NotASeal, finding
from openmidas.documents.seals.profiles import STAMP
from openmidas.documents.seals.receipt import ReceiptSeal, check_receipt
from openmidas.documents.seals.stamp import read_stamp
from openmidas.documents.seals.vds import Vds
from openmidas.documents.seals.vdsnc import VdsNc

_NUMBERS = ("passport_number", "document_number")


class SealReading(msgspec.Struct, frozen=True, kw_only=True):
    """One seal, read and checked.

    ``contents``: what stands in a VDS, genuine or not, and ``zone`` the machine readable zone in it, read;
    ``receipt``: what a receipt says, only where it is genuine, or an entry stamp, whether it is or not;
    ``state`` and ``post``: who gave that.
    """

    seal: Seal
    verdict: Verdict
    contents: Contents | None = None
    zone: Reading | None = None
    receipt: CrossingReceipt | None = None
    state: str = ""
    post: str = ""

    @property
    def kind(self) -> str:
        """A profile's name, "receipt", or what the seal says of itself."""
        match self.seal:
            case Vds():
                return (self.contents and self.contents.kind) or self.seal.header.type_code
            case VdsNc():
                return self.seal.kind
            case ReceiptSeal():
                return "receipt"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The documents that a seal names: its own, and the passport which it goes with."""
        if isinstance(self.seal, VdsNc):
            person = self.seal.message.get("pid")
            number = person.get("i") if isinstance(person, dict) else None
            return (number,) if isinstance(number, str) else ()
        told = [self.contents.text(name) for name in _NUMBERS] if self.contents else []
        told += [self.zone.number] if self.zone else []
        return tuple(number for number in told if number)


class CodeReading(msgspec.Struct, frozen=True):
    """What a code holds: a seal, or else why that is none."""

    seal: SealReading | None = None
    problem: ReadingFinding | None = None


def read_code(data: bytes, trust: Trust, *, today: date) -> CodeReading:
    """Read and check whatever stands in a code. Never raises.

    ``today``: for centuries, for seals that do not say when they were signed, and for stale lists.
    Codes of strangers are better read by `confined.read_codes_confined`.
    """
    try:
        seal = read_seal(data)
    except NotASeal as error:
        return CodeReading(problem=error.finding)
    verdict = check_seal(seal, trust, on=today)
    match seal:
        case Vds():
            return CodeReading(_of_vds(seal, verdict, today))
        case VdsNc():
            return CodeReading(SealReading(seal=seal, verdict=verdict))
        case ReceiptSeal():
            return CodeReading(_of_receipt(seal, verdict, trust))


def _of_vds(seal: Vds, verdict: Verdict, today: date) -> SealReading:
    contents = contents_of(seal)
    zone = read_mrz(contents.zone, today=today) if contents.zone else None
    return SealReading(
        seal=seal,
        verdict=_held_against(zone, verdict) if zone else verdict,
        contents=contents,
        zone=zone,
        receipt=_stamp(seal, contents),
        state=seal.header.issuer,
        post=contents.text("post"),
    )


def _held_against(zone: Reading, verdict: Verdict) -> Verdict:
    """No State seals the visa of another, whose zone this is."""
    country = verdict.signer[:2]
    if verdict.outcome is not Outcome.VALID or same_state(zone.issuer, country) is not False:
        return verdict
    said = {"signer": verdict.signer, "country": country, "issuer": zone.issuer}
    wrong = finding("zone_differs", "message", "", **said)
    return msgspec.structs.replace(
        verdict,
        outcome=Outcome.INVALID,
        checks=msgspec.structs.replace(verdict.checks, chain=Outcome.INVALID),
        findings=(wrong, *verdict.findings),
    )


def _stamp(seal: Vds, contents: Contents) -> CrossingReceipt | None:
    if contents.kind != STAMP.name:
        return None
    try:
        return read_stamp(seal)
    except NotASeal:
        return None


def _of_receipt(seal: ReceiptSeal, verdict: Verdict, trust: Trust) -> SealReading:
    said = check_receipt(seal, trust.state_keys, trust.revoked)
    post = said.certificate
    return SealReading(
        seal=seal,
        verdict=verdict,
        receipt=said.receipt,
        state=post.state if post else "",
        post=post.name if post else "",
    )
