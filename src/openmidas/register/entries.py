"""What the post's book writes into the journal: shifts, relaxations, occurrences, outages of the link.

Nothing is ever changed, as in a book that is bound: what was wrong is corrected by another line. Officers
are named by their ids; of travellers, only numbers are told.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.journal import TO_HQ, Content, NodeKind, kind
from openmidas.register import limits

Words = Annotated[str, Meta(max_length=limits.WORDS)]
Said = Annotated[str, Meta(min_length=1, max_length=limits.WORDS)]
Milliseconds = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=0, le=limits.MOST)]
Code = Annotated[str, Meta(max_length=32)]
AT_A_POST = (NodeKind.POST,)


class Duty(StrEnum):
    """What an officer does in a shift. Not what they may do: that is their role."""

    IN_CHARGE = "in_charge"
    LANE = "lane"
    SECOND_LINE = "second_line"
    SUPPORT = "support"


class Ground(StrEnum):
    """Why checks are relaxed."""

    CROWD = "crowd"
    EMERGENCY = "emergency"
    WEATHER = "weather"
    TECHNICAL = "technical"
    OTHER = "other"


class OrderedBy(StrEnum):
    """Who ordered it. Which officer wrote it down stands with the entry."""

    IN_CHARGE = "in_charge"
    HEAD_OF_POST = "head_of_post"
    HEADQUARTERS = "headquarters"
    AUTHORITY = "authority"


class Member(Struct, frozen=True, kw_only=True):
    """An officer of the team."""

    officer: UUID
    duty: Duty


Team = Annotated[tuple[Member, ...], Meta(min_length=1, max_length=limits.MOST_MEMBERS)]


class Waiting(Struct, frozen=True, kw_only=True):
    """What is left to whoever comes next: how many of each stand open."""

    interviews: Number = 0
    referrals: Number = 0
    incidents: Number = 0
    complaints: Number = 0


class Passed(Struct, frozen=True, kw_only=True):
    """How many travellers came in one direction, by how that stood when it was counted."""

    direction: Code
    status: Code
    number: Number


class Turned(Struct, frozen=True, kw_only=True):
    """How many were refused, for one reason."""

    reason: Code
    number: Number


class Spell(Struct, frozen=True, kw_only=True):
    """How often something lasted for a time within the shift, and how many minutes of it in all."""

    number: Number = 0
    minutes: Number = 0


class Figures(Struct, frozen=True, kw_only=True):
    """A shift in numbers, as the tables of the post had them.

    ``passed``: who came, by when they came; ``refused``: by when it was decided; ``paper``: crossings
    that were typed in from paper, ``counted``: travellers who were only counted, both by when that was
    typed in since the shift before ended; ``paper_late``, ``counted_late``: of them, those who crossed
    before the shift, or on a day before it; ``open_hits``: who were let cross while a hit had no answer;
    ``cancelled``: scans that led to no decision; ``held``: in the second line, and the
    ``longest`` of it in minutes; ``forms``: of refusal, given; ``receipts``: crossings that a receipt is
    given for; ``grave``: incidents of high or critical severity; ``power``: times in which the post's
    programs did not run; ``link``: in which nothing was heard of headquarters.
    """

    passed: Annotated[tuple[Passed, ...], Meta(max_length=limits.MOST_KINDS)] = ()
    refused: Annotated[tuple[Turned, ...], Meta(max_length=limits.MOST_KINDS)] = ()
    paper: Number = 0
    paper_late: Number = 0
    counted: Number = 0
    counted_late: Number = 0
    open_hits: Number = 0
    cancelled: Number = 0
    held: Spell = Spell()
    longest: Number = 0
    interviews: Number = 0
    forms: Number = 0
    receipts: Number = 0
    complaints: Number = 0
    incidents: Number = 0
    grave: Number = 0
    occurrences: Number = 0
    relaxations: Number = 0
    power: Spell = Spell()
    link: Spell = Spell()


@kind("shift.opened", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftOpened(Content, frozen=True, kw_only=True):
    """A team goes on duty. ``since``: when it began, if that was not just now; ``follows``: the shift
    that handed over to it."""

    shift: UUID
    since: Milliseconds
    team: Team
    follows: UUID | None = None


@kind("shift.handed_over", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftHandedOver(Content, frozen=True, kw_only=True):
    """A team hands over to the next, ``to``. The place of this entry is the head that the sheet tells."""

    shift: UUID
    to: UUID
    until: Milliseconds
    note: Words = ""
    waiting: Waiting
    figures: Figures


@kind("shift.closed", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftClosed(Content, frozen=True, kw_only=True):
    """A team goes off duty, and nobody takes over. As `ShiftHandedOver`."""

    shift: UUID
    until: Milliseconds
    note: Words = ""
    waiting: Waiting
    figures: Figures


@kind("shift.relaxed", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftRelaxed(Content, frozen=True, kw_only=True):
    """Checks are relaxed from now on: why, by whose order, and what is left out in words."""

    relaxation: UUID
    shift: UUID
    ground: Ground
    ordered_by: OrderedBy
    words: Said


@kind("shift.relaxation_ended", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftRelaxationEnded(Content, frozen=True, kw_only=True):
    """Checks are in full again."""

    relaxation: UUID


@kind("shift.occurrence", version=1, audience=TO_HQ, authority=AT_A_POST)
class ShiftOccurrence(Content, frozen=True, kw_only=True):
    """Something that is worth a line in the book. ``corrects``: an earlier line that it puts right."""

    occurrence: UUID
    shift: UUID
    happened_at: Milliseconds
    words: Said
    corrects: UUID | None = None


@kind("link.restored", version=1, audience=TO_HQ, authority=AT_A_POST)
class LinkRestored(Content, frozen=True, kw_only=True):
    """Headquarters is heard of again, after a time in which the post was up and heard nothing.

    Times in which the post's own programs did not run are told by `node.reported`, and not again here.
    """

    outage: UUID
    lost_at: Milliseconds
    restored_at: Milliseconds
