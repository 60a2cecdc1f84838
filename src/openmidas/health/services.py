"""What can be done about a traveller's health: check it, and say the word for the others."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings.limits import PLACE, check_text
from openmidas.crossings.models import Crossing
from openmidas.health import limits
from openmidas.health.definitions import Symptom
from openmidas.health.entries import Contact, HealthAnswered, HealthChecked, Visit, Word
from openmidas.health.matching import Seen, met
from openmidas.health.models import HealthAnswer, HealthCheck
from openmidas.health.publishing import in_force
from openmidas.health.raising import raise_alerts, raise_fever_cluster
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.compartments import compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A check as an officer writes it. ``check``: made with the form."""

    check: UUID
    temperature: float | None = None
    symptoms: tuple[Symptom, ...] = ()
    contact: Contact = Contact.UNKNOWN
    itinerary: tuple[Visit, ...] = ()
    words: str = ""


@transaction.atomic
def check(actor: Actor, crossing: UUID, said: Checked) -> tuple[str, ...]:
    """Write down a check; the codes of the definitions that it meets. The same again changes nothing.

    What it meets raises an incident in the same transaction. Raises `Refused`: ``crossing.unknown``,
    ``health.not_yours``, ``health.nothing_said``, ``health.temperature``, ``health.places``,
    ``health.days``, ``health.other``, ``form.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    row = _here(actor, crossing)
    words = said.words.strip()
    before = HealthCheck.objects.filter(id=said.check).first()
    if before is not None:
        if not _same(before, crossing, said, words):
            raise Refused("form.saved_already")
        return tuple(before.met)
    _check(said, words)
    now = in_force()
    seen = Seen(
        temperature=said.temperature,
        symptoms=said.symptoms,
        contact=said.contact,
        itinerary=(*said.itinerary, *_origin(row)),
    )
    content = HealthChecked(
        check=said.check,
        crossing=crossing,
        temperature=said.temperature,
        symptoms=said.symptoms,
        contact=said.contact,
        itinerary=said.itinerary,
        words=words,
        edition=now.edition if now else None,
        met=met(now.said, seen) if now else (),
    )
    record(content, actor=actor)
    if now is not None:
        raise_alerts(content, now)
        raise_fever_cluster(now, row.origin)
    return content.met


@transaction.atomic
def answer(actor: Actor, crossing: UUID, id: UUID, word: Word | None) -> None:
    """Say the word that others read of a traveller. The same again changes nothing.

    Raises `Refused`: ``crossing.unknown``, ``health.not_yours``, ``health.word_missing``,
    ``health.unchecked`` (nobody has looked at them), ``form.saved_already``.
    """
    _here(actor, crossing)
    if word is None:
        raise Refused("health.word_missing")
    before = HealthAnswer.objects.filter(id=id).first()
    if before is not None:
        if (before.crossing, before.word) != (crossing, word):
            raise Refused("form.saved_already")
        return
    if not HealthCheck.objects.filter(crossing=crossing, node=this_node().id).exists():
        raise Refused("health.unchecked")
    record(HealthAnswered(answer=id, crossing=crossing, word=word), actor=actor)


def _here(actor: Actor, crossing: UUID) -> Crossing:
    """The crossing of this post, held until the transaction ends, for a member of the compartment."""
    row = Crossing.objects.select_for_update().filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Refused("crossing.unknown")
    officer = Officer.objects.filter(id=actor.officer).first() if actor.officer else None
    if officer is None or Compartment.MEDICAL not in compartments_of(officer):
        raise Refused("health.not_yours")
    return row


def _origin(row: Crossing) -> tuple[Visit, ...]:
    """Where the journey began is a place of the itinerary, as it was told at the lane."""
    return (Visit(place=row.origin, days_ago=0),) if row.origin else ()


def _check(said: Checked, words: str) -> None:
    told = said.temperature is not None or said.symptoms or said.itinerary or words
    if not told and said.contact is Contact.UNKNOWN:
        raise Refused("health.nothing_said")
    if said.temperature is not None and not limits.COLDEST <= said.temperature <= limits.HOTTEST:
        raise Refused(
            "health.temperature", low=f"{limits.COLDEST:.0f}", high=f"{limits.HOTTEST:.0f}"
        )
    if len(said.itinerary) > limits.MOST_PLACES:
        raise Refused("health.places", most=str(limits.MOST_PLACES))
    for visit in said.itinerary:
        check_text("origin", visit.place, PLACE)
        if not 0 <= visit.days_ago <= limits.FURTHEST_BACK:
            raise Refused("health.days", most=str(limits.FURTHEST_BACK))
    if Symptom.OTHER in said.symptoms and not words:
        raise Refused("health.other")
    check_text("note", " ".join(words.split()), limits.WORDS)


def _same(before: HealthCheck, crossing: UUID, said: Checked, words: str) -> bool:
    return (
        before.crossing,
        before.temperature,
        before.symptoms,
        before.contact,
        before.visits(),
        before.words,
    ) == (
        crossing,
        said.temperature,
        [str(one) for one in said.symptoms],
        said.contact,
        said.itinerary,
        words,
    )
