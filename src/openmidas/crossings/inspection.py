"""A traveller at a lane: who stands there, what was read, what the checks found. Plain values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from openmidas.crossings.evidence.kept import MOST_SEALS, ReadChip, ReadSeal
from openmidas.documents import PartialDate
from openmidas.screening import NamePart


class Direction(StrEnum):
    """Into the territory or out of it."""

    ENTRY = "entry"
    EXIT = "exit"


class Severity(StrEnum):
    """How much a finding matters, the worst first. The worst one gives the traveller's state."""

    STOP = "stop"
    LOOK = "look"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Told(StrEnum):
    """How much of a finding the primary line sees. Whoever decides after it sees more."""

    ALL = "all"
    CODE = "code"
    NOTHING = "nothing"


class State(StrEnum):
    """The three things that the screen can say of a traveller."""

    CLEAR = "clear"
    LOOK = "look"
    STOP = "stop"


class Purpose(StrEnum):
    """Why somebody travels (the measures of DTM flow monitoring).

    ``resident``: about everyday life, of who lives at the border: short-term local movement.
    """

    FAMILY = "family"
    TRADE = "trade"
    WORK = "work"
    SEASONAL_WORK = "seasonal_work"
    STUDY = "study"
    HEALTH = "health"
    TOURISM = "tourism"
    TRANSIT = "transit"
    DISPLACEMENT = "displacement"
    RESIDENT = "resident"
    OTHER = "other"


class Conveyance(StrEnum):
    """What somebody crosses with."""

    FOOT = "foot"
    MOTORCYCLE = "motorcycle"
    CAR = "car"
    BUS = "bus"
    TRUCK = "truck"
    BICYCLE = "bicycle"
    ANIMAL = "animal"
    BOAT = "boat"


class HowRead(StrEnum):
    """How a document's fields came into the system.

    ``mrz``: by a reader that acts as a keyboard; ``serial``: by one on a serial line of the workstation;
    ``program``: by one that a program of the workstation brings (`midas reader`);
    ``camera``: in a photograph, certain; ``checked``: in a photograph, not certain, so that the officer
    compared it with the document and confirmed it or put it right.
    """

    MRZ = "mrz"
    SERIAL = "serial"
    PROGRAM = "program"
    CAMERA = "camera"
    CHECKED = "checked"
    TYPED = "typed"
    RESIDENT = "resident"


BY_READER = frozenset(
    {HowRead.MRZ, HowRead.SERIAL, HowRead.PROGRAM, HowRead.CAMERA, HowRead.CHECKED}
)
"""A machine has seen the printed zone: it may take one character for another."""


class Traveller(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands at the lane. Names in the order people give them, where nothing was scanned."""

    surname: str = ""
    given_names: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    nationality: str = ""

    @property
    def name(self) -> str:
        """Both parts of the name, for showing."""
        return f"{self.surname} {self.given_names}".strip()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What the traveller holds. ``code`` "" and no number: no document."""

    code: str = ""
    number: str = ""
    issuer: str = ""
    expiry: PartialDate | None = None
    how_read: HowRead = HowRead.TYPED
    lines: tuple[str, ...] = ()
    name_truncated: bool = False

    @property
    def none(self) -> bool:
        """Whether the traveller has no document."""
        return not self.number


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody goes, why and how. Remembered per lane, since the next one is often alike."""

    direction: Direction = Direction.ENTRY
    purpose: Purpose = Purpose.OTHER
    origin: str = ""
    destination: str = ""
    conveyance: Conveyance = Conveyance.FOOT


class Evidence(msgspec.Struct, frozen=True):
    """One field of a hit. ``agrees`` None: it speaks neither for nor against; ``how`` says why.

    ``how`` is a code of `openmidas.screening.How`, worded in `crossings.words`. ``weight``, in bits,
    is what it adds to the score of the hit; ``parts`` what the weight of a name is made of.
    """

    field: str
    agrees: bool | None
    traveller: str
    listing: str
    how: str = "not_known"
    weight: float = 0.0
    parts: tuple[NamePart, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one check says. The code is worded for officers in `crossings.wording`.

    ``told``: how much of it the primary line sees, see `crossings.telling`.
    """

    code: str
    severity: Severity
    params: dict[str, str] = {}
    evidence: tuple[Evidence, ...] = ()
    told: Told = Told.ALL


class UsedEdition(msgspec.Struct, frozen=True, kw_only=True):
    """A list edition or rule set that a check was made with. ``age_days``: at that moment.

    Raises `ValueError` for a day that no calendar has: whatever a post writes, the HQ's pages show.
    """

    kind: str
    code: str
    edition: UUID | None
    dated: str
    age_days: int

    def __post_init__(self) -> None:
        date.fromisoformat(self.dated)


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """How long somebody may stay. ``until`` None with a rule: without a limit of days."""

    rule: str
    until: str | None
    days: int | None


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller as checked: what the officer decides on, and what the decision keeps.

    ``opened_at``: milliseconds since 1970. ``group``: travellers decided on together share it.
    ``conveyance_id``: the bus that stood open at the lane (`crossings.conveyances`), if one did.
    ``chip``, ``seals``: what was read of the document beside its lines, None and empty where nothing was.
    """

    id: UUID
    lane: str
    opened_at: int
    traveller: Traveller
    document: Document
    journey: Journey
    findings: tuple[Finding, ...] = ()
    editions: tuple[UsedEdition, ...] = ()
    stay: Stay | None = None
    group: UUID | None = None
    conveyance_id: UUID | None = None
    chip: ReadChip | None = None
    seals: Annotated[tuple[ReadSeal, ...], Meta(max_length=MOST_SEALS)] = ()

    @property
    def state(self) -> State:
        """The worst finding decides."""
        severities = {finding.severity for finding in self.findings}
        if Severity.STOP in severities:
            return State.STOP
        return State.LOOK if Severity.LOOK in severities else State.CLEAR
