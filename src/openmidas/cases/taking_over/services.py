"""What headquarters and the post can do about who decides on a traveller."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from openmidas.cases.interviews.services import came_to_second_line
from openmidas.cases.taking_over.at_hq import compartments_with
from openmidas.cases.taking_over.entries import (
    MOST_WORDS,
    Directed,
    TakenBack,
    TakeOverAnswered,
    TakeOverAsked,
)
from openmidas.cases.taking_over.models import HqDirection, TakeOver
from openmidas.cases.taking_over.standing import Standing, State, standing_of
from openmidas.crossings import limits
from openmidas.crossings.entries import Outcome
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.saving import saved_already
from openmidas.crossings.telling import tells_reason
from openmidas.journal import Actor, to_posts
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused


@transaction.atomic
def ask(actor: Actor, crossing: UUID, id: UUID, why: str) -> None:
    """At the HQ: ask a post for the interview of somebody who waits. The same again changes nothing.

    What a compartment keeps is not asked for: it is worked on in its referral. Raises `Refused`:
    ``crossing.unknown``, ``crossing.resolved``, ``take_over.apart``, ``take_over.asked``,
    ``take_over.why``, ``form.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    why = _words(why)
    row = _waiting(crossing)
    if not tells_reason(row.reason, ()) or compartments_with(crossing):
        raise Refused("take_over.apart")
    if saved_already(TakeOver, id, crossing=crossing, why=why):
        return
    before = standing_of(row)
    if before is not None and before.open:
        raise Refused("take_over.asked")
    asked = TakeOverAsked(asking=id, crossing=crossing, why=why)
    record(asked, actor=actor, audience=to_posts([row.node]))


@transaction.atomic
def answer(actor: Actor, crossing: UUID, asking: UUID, *, granted: bool, why: str = "") -> None:
    """At the post: grant what headquarters asks for, or decline and say why.

    The same again changes nothing. Raises `Refused`: ``crossing.unknown``, ``crossing.resolved``,
    ``take_over.unknown``, ``take_over.answered``, ``take_over.why``, ``field.too_long``,
    ``field.unprintable``.
    """
    why = "" if granted else _words(why)
    standing = _own(crossing, asking)
    before = standing.answer
    if before is not None:
        if (before.granted, before.why) == (granted, why):
            return
        raise Refused("take_over.answered")
    content = TakeOverAnswered(asking=asking, crossing=crossing, granted=granted, why=why)
    record(content, actor=actor)


@transaction.atomic
def take_back(actor: Actor, crossing: UUID, asking: UUID) -> None:
    """At the post: decide itself again; taken back already, nothing changes.

    Raises `Refused`: ``crossing.unknown``, ``crossing.resolved``, ``take_over.unknown``.
    """
    standing = _own(crossing, asking)
    if standing.state in {State.GRANTED, State.DIRECTED}:
        record(TakenBack(asking=asking, crossing=crossing), actor=actor)


@transaction.atomic
def direct(
    actor: Actor, crossing: UUID, id: UUID, words: str, outcome: Outcome | None = None
) -> None:
    """At the HQ: say something of an interview that it has, and how to decide, if that is known.

    Only who asked for it does. Raises `Refused`: ``crossing.unknown``, ``crossing.resolved``,
    ``take_over.not_here``, ``take_over.of_other``, ``take_over.why``, ``form.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    words = _words(words)
    row = _waiting(crossing)
    standing = standing_of(row)
    if standing is None or standing.state not in {State.GRANTED, State.DIRECTED}:
        raise Refused("take_over.not_here")
    if standing.asked.officer != actor.officer:
        raise Refused("take_over.of_other")
    asking = standing.asked.id
    if saved_already(HqDirection, id, asking=asking, words=words, outcome=outcome or ""):
        return
    content = Directed(direction=id, asking=asking, crossing=crossing, words=words, outcome=outcome)
    record(content, actor=actor, audience=to_posts([row.node]))


def _words(given: str) -> str:
    said = " ".join(given.split())
    if len(said) < limits.SHORTEST_NOTE:
        raise Refused("take_over.why")
    limits.check_text("note", said, MOST_WORDS)
    return said


def _own(crossing: UUID, asking: UUID) -> Standing:
    """The asking that counts for somebody who waits at this post."""
    row = _waiting(crossing)
    standing = standing_of(row) if row.node == this_node().id else None
    if standing is None or standing.asked.id != asking:
        raise Refused("take_over.unknown")
    return standing


def _waiting(crossing: UUID) -> Crossing:
    """Somebody who waits at a second line, held until the transaction ends."""
    row = Crossing.objects.select_for_update().filter(id=crossing).first()
    if row is None or not came_to_second_line(row):
        raise Refused("crossing.unknown")
    if row.status != Status.REFERRED:
        raise Refused("crossing.resolved")
    return row
