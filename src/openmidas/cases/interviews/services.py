"""What can be done in an interview: take it, note, check, care, hold, and decide."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.cases.interviews.entries import (
    CHECKLISTS,
    MOST_SAID,
    Care,
    CareAnswer,
    CareRecorded,
    CaseChecked,
    CaseLeft,
    CaseNoted,
    CaseTaken,
    HoldBegun,
    HoldEnded,
    HoldGround,
    Item,
)
from openmidas.cases.interviews.models import CareRecord, CaseChecklist, CaseNote, CaseTaking, Hold
from openmidas.cases.taking_over.standing import with_headquarters
from openmidas.crossings import limits, second_line
from openmidas.crossings.entries import (
    AdmissionReason,
    HandedTo,
    OpenHitReason,
    Outcome,
    ReferralReason,
    RefusalReason,
)
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.saving import saved_already
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """How an interview ends, with the reason of its outcome: see `crossings.second_line.resolve`."""

    outcome: Outcome
    refusal: RefusalReason | None = None
    admission: AdmissionReason | None = None
    open_hit: OpenHitReason | None = None
    handed_to: HandedTo | None = None
    note: str = ""


def taken_by(crossing: UUID) -> CaseTaking | None:
    """Who has a traveller: the last who took them on and did not leave them; None: nobody."""
    last = CaseTaking.objects.filter(crossing=crossing).order_by("-clock", "-id").first()
    return None if last is None or last.left_at is not None else last


def has_taken(row: Crossing, officer: UUID) -> bool:
    """Whether an officer has this traveller, who still waits: the taking is an entry, and their purpose."""
    taking = taken_by(row.id) if row.status == Status.REFERRED else None
    return taking is not None and taking.officer == officer


@transaction.atomic
def take(actor: Actor, crossing: UUID, *, seen: UUID | None = None) -> None:
    """Take a traveller on who waits; whoever has them already loses them, nothing is merged.

    ``seen``: the taking that the officer saw on the page: of two who press at once, the second is
    told. Taking again what one has changes nothing. Raises `Refused`: ``crossing.unknown``,
    ``crossing.resolved``, ``case.taken_meanwhile``.
    """
    _waiting(crossing)
    now = taken_by(crossing)
    if now is not None and now.officer == actor.officer:
        return
    if now is not None and now.id != seen:
        raise Refused("case.taken_meanwhile")
    record(CaseTaken(taking=new_id(), crossing=crossing), actor=actor)


@transaction.atomic
def leave(actor: Actor, crossing: UUID) -> None:
    """Give a traveller back to the queue. Raises `Refused` ``case.with_other``, ``crossing.unknown``."""
    _held(crossing)
    now = taken_by(crossing)
    if now is None:
        return
    if now.officer != actor.officer:
        raise Refused("case.with_other")
    record(CaseLeft(taking=now.id, crossing=crossing), actor=actor)


@transaction.atomic
def note(actor: Actor, crossing: UUID, id: UUID, text: str) -> None:
    """Add a note, also after the decision; the same again changes nothing.

    Raises `Refused`: ``crossing.unknown``, ``note.empty``, ``form.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    limits.check_note(text)
    text = text.strip()
    if not text:
        raise Refused("note.empty")
    _held(crossing)
    if not saved_already(CaseNote, id, crossing=crossing, text=text):
        record(CaseNoted(note=id, crossing=crossing, text=text), actor=actor)


@transaction.atomic
def check(actor: Actor, crossing: UUID, done: frozenset[Item]) -> None:
    """Say what of the checklist is done. What is not on this traveller's list is left out.

    Raises `Refused` ``crossing.unknown``.
    """
    row = _held(crossing)
    items = tuple(item for item in checklist_of(row.reason) if item in done)
    before = CaseChecklist.objects.filter(id=crossing).first()
    if sorted(items) != (before.done if before else []):
        record(CaseChecked(crossing=crossing, done=items), actor=actor)


@transaction.atomic
def care(
    actor: Actor, crossing: UUID, id: UUID, what: Care, answer: CareAnswer, said: str = ""
) -> None:
    """Write down what somebody asked for or was given; the same again changes nothing.

    What was not possible needs a word why. Raises `Refused`: ``crossing.unknown``, ``care.why``,
    ``form.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    said = said.strip()
    limits.check_text("note", said, MOST_SAID)
    if answer is CareAnswer.NOT_POSSIBLE and len(said) < limits.SHORTEST_NOTE:
        raise Refused("care.why")
    _held(crossing)
    if not saved_already(CareRecord, id, crossing=crossing, what=what, answer=answer, said=said):
        content = CareRecorded(care=id, crossing=crossing, what=what, answer=answer, said=said)
        record(content, actor=actor)


@transaction.atomic
def hold(actor: Actor, crossing: UUID, ground: HoldGround, note: str = "") -> None:
    """Keep a traveller who waits from leaving. Who is held already stays so.

    Raises `Refused`: ``crossing.unknown``, ``crossing.resolved``, ``hold.note`` (another ground
    needs words), ``field.too_long``, ``field.unprintable``.
    """
    limits.check_note(note)
    if ground is HoldGround.OTHER and len(note.strip()) < limits.SHORTEST_NOTE:
        raise Refused("hold.note")
    _waiting(crossing)
    if held_now(crossing) is None:
        content = HoldBegun(hold=new_id(), crossing=crossing, ground=ground, note=note.strip())
        record(content, actor=actor)


@transaction.atomic
def let_go(actor: Actor, crossing: UUID) -> None:
    """Let a traveller leave who was held. Raises `Refused` ``crossing.unknown``."""
    _held(crossing)
    _end_hold(actor, crossing)


@transaction.atomic
def decide(actor: Actor, crossing: UUID, decision: Decision) -> None:
    """End the interview, and with it the time in which the traveller was held.

    Who has been taken on by somebody else is decided on by them, or taken over first; what headquarters
    has waits for what it says, or is taken back. Raises `Refused` ``case.with_other``,
    ``case.with_headquarters``, and as `crossings.second_line.resolve` does.
    """
    row = _held(crossing)
    now = taken_by(crossing)
    if row.status == Status.REFERRED and now is not None and now.officer != actor.officer:
        raise Refused("case.with_other")
    if row.status == Status.REFERRED and with_headquarters(row):
        raise Refused("case.with_headquarters")
    second_line.resolve(
        actor,
        crossing,
        decision.outcome,
        refusal=decision.refusal,
        admission=decision.admission,
        open_hit=decision.open_hit,
        handed_to=decision.handed_to,
        note=decision.note,
    )
    _end_hold(actor, crossing)


def held_now(crossing: UUID) -> Hold | None:
    """The hold that lasts; None where the traveller may leave."""
    return Hold.objects.filter(crossing=crossing, ended_at=None).order_by("clock").first()


def came_to_second_line(row: Crossing) -> bool:
    """Whether somebody waits there, or did; what a post collected while shut has no reason to tell."""
    return row.status == Status.REFERRED or row.resolved_at is not None


def checklist_of(reason: str) -> tuple[Item, ...]:
    """What to do in the interview of somebody who was sent for this reason."""
    known = reason in set(ReferralReason)
    return CHECKLISTS[ReferralReason(reason) if known else ReferralReason.OTHER]


def _end_hold(actor: Actor, crossing: UUID) -> None:
    lasting = held_now(crossing)
    if lasting is not None:
        record(HoldEnded(hold=lasting.id, crossing=crossing), actor=actor)


def _held(crossing: UUID) -> Crossing:
    """The crossing of this post that came to the second line, held until the transaction ends."""
    row = Crossing.objects.select_for_update().filter(id=crossing, node=this_node().id).first()
    if row is None or not came_to_second_line(row):
        raise Refused("crossing.unknown")
    return row


def _waiting(crossing: UUID) -> Crossing:
    row = _held(crossing)
    if row.status != Status.REFERRED:
        raise Refused("crossing.resolved")
    return row
