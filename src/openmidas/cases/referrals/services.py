"""What can be done about referrals: begin one, write down a step, end it. Each is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.cases.referrals.access import Reader
from openmidas.cases.referrals.entries import (
    LONGEST_REACHED,
    LONGEST_VALUE,
    Datum,
    Outcome,
    ReferralClosed,
    ReferralMade,
    ReferralNoted,
)
from openmidas.cases.referrals.models import Referral, ReferralNote
from openmidas.cases.referrals.pathways import WITH_A_REASON, Consent, Pathway
from openmidas.cases.referrals.publishing import in_force, pathway_of, post_name
from openmidas.crossings import limits
from openmidas.crossings.models import Crossing
from openmidas.crossings.saving import saved_already
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A referral as an officer begins it. ``referral``: made with the form. ``data``: by field code."""

    referral: UUID
    compartment: Compartment
    consent: Consent | None = None
    why: str = ""
    data: Mapping[str, str] = msgspec.field(default_factory=dict)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A step or a note as an officer writes it. ``note``: made with the form."""

    note: UUID
    step: int | None = None
    reached: str = ""
    text: str = ""


@transaction.atomic
def begin(actor: Actor, crossing: UUID, begun: Begun) -> None:
    """Refer the traveller of a crossing of this post. The same referral again changes nothing.

    Raises `Refused`: ``crossing.unknown``, ``referral.no_pathway``, ``referral.consent_missing``,
    ``referral.why_missing``, ``referral.data_missing`` {datum}, ``referral.id_taken``,
    ``field.too_long``, ``field.unprintable``.
    """
    row = Crossing.objects.select_for_update().filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Refused("crossing.unknown")
    there = Referral.objects.filter(id=begun.referral).first()
    if there is not None:
        if (there.crossing, there.officer) != (crossing, actor.officer):
            raise Refused("referral.id_taken")
        return
    now = in_force()
    pathway = now.said.for_post(begun.compartment, post_name(row.node)) if now else None
    if now is None or pathway is None:
        raise Refused("referral.no_pathway")
    content = ReferralMade(
        referral=begun.referral,
        crossing=crossing,
        compartment=begun.compartment,
        edition=now.edition,
        consent=_consent(begun, pathway),
        why=begun.why.strip(),
        data=_data(begun, pathway),
    )
    record(content, actor=actor)


@transaction.atomic
def take_step(actor: Actor, referral: UUID, taken: Taken) -> None:
    """Write down a step of the pathway, or a note, also when it is closed. The same again does nothing.

    Raises `Refused`: ``referral.unknown``, ``referral.not_yours``, ``referral.step_unknown``,
    ``referral.note_empty``, ``form.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    row = held(actor, referral)
    reached, text = " ".join(taken.reached.split()), taken.text.strip()
    said = {"step": taken.step, "reached": reached, "text": text}
    if saved_already(ReferralNote, taken.note, referral=row.id, **said):
        return
    limits.check_note(text)
    _check("reached", reached, LONGEST_REACHED)
    if taken.step is None and len(text) < limits.SHORTEST_NOTE:
        raise Refused("referral.note_empty")
    if taken.step is not None:
        pathway = pathway_of(row.edition, Compartment(row.compartment), row.node)
        if pathway is None or not 1 <= taken.step <= len(pathway.steps):
            raise Refused("referral.step_unknown")
        if pathway.steps[taken.step - 1].call is not None and not (reached or text):
            raise Refused("referral.reached_missing")
    content = ReferralNoted(
        note=taken.note,
        referral=row.id,
        crossing=row.crossing,
        step=taken.step,
        reached=reached,
        text=text,
    )
    record(content, actor=actor)


@transaction.atomic
def close(actor: Actor, referral: UUID, outcome: Outcome | None, text: str) -> None:
    """End a referral. The same end again changes nothing.

    Raises `Refused`: ``referral.unknown``, ``referral.not_yours``, ``referral.outcome_missing``,
    ``referral.closed`` (with another end), ``referral.note_empty`` ("other" without words),
    ``field.too_long``, ``field.unprintable``.
    """
    row = held(actor, referral)
    text = text.strip()
    limits.check_note(text)
    if outcome is None:
        raise Refused("referral.outcome_missing")
    if row.outcome:
        if (row.outcome, row.closing) != (outcome, text):
            raise Refused("referral.closed")
        return
    if outcome is Outcome.OTHER and len(text) < limits.SHORTEST_NOTE:
        raise Refused("referral.note_empty")
    content = ReferralClosed(referral=row.id, crossing=row.crossing, outcome=outcome, text=text)
    record(content, actor=actor)


def held(actor: Actor, referral: UUID) -> Referral:
    """The referral of this post, held until the transaction ends, if this officer may read it.

    Raises `Refused`: ``referral.unknown``, ``referral.not_yours``.
    """
    row = Referral.objects.select_for_update().filter(id=referral, node=this_node().id).first()
    if row is None:
        raise Refused("referral.unknown")
    officer = Officer.objects.filter(id=actor.officer).first() if actor.officer else None
    if officer is None or not Reader(officer).may_read(row):
        raise Refused("referral.not_yours")
    return row


def _consent(begun: Begun, pathway: Pathway) -> Consent:
    limits.check_note(begun.why)
    if begun.consent is None or begun.consent not in pathway.consent:
        raise Refused("referral.consent_missing")
    if begun.consent in WITH_A_REASON and len(begun.why.strip()) < limits.SHORTEST_NOTE:
        raise Refused("referral.why_missing")
    return begun.consent


def _data(begun: Begun, pathway: Pathway) -> tuple[Datum, ...]:
    """What was told, in the pathway's order, and nothing that it does not ask for."""
    told = []
    for field in pathway.data:
        value = begun.data.get(field.code, "").strip()
        _check("referral_data", value, LONGEST_VALUE)
        if value:
            told.append(Datum(code=field.code, value=value))
        elif field.needed and begun.consent is not Consent.REFUSED:
            raise Refused("referral.data_missing", datum=field.code)
    return tuple(told)


def _check(field: str, text: str, most: int) -> None:
    """Raises `Refused` as `crossings.limits` does."""
    if len(text) > most:
        raise Refused("field.too_long", field=field, most=str(most))
    if not " ".join(text.split()).isprintable():
        raise Refused("field.unprintable", field=field)
