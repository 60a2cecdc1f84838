"""What can be done about border residents: register, renew, revoke.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

import secrets
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings import limits as bounds
from openmidas.crossings.card_numbers import FIGURES, make_card_number
from openmidas.crossings.cards import CardEnd
from openmidas.crossings.inspection import Traveller
from openmidas.journal import Actor, Content
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, record, record_all
from openmidas.posts.refusals import Refused
from openmidas.residents import entries, limits
from openmidas.residents.entries import Fact, ResidentKind
from openmidas.residents.finding import same_person
from openmidas.residents.models import Resident, ResidentFacts
from openmidas.residents.rules import last_day


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """A border resident as they are registered.

    ``sure``: that they are not the resident of this post who is very like them.
    """

    kind: ResidentKind
    traveller: Traveller
    village: str
    plate: str = ""
    document: str = ""
    facts: tuple[Fact, ...] = ()
    sure: bool = False


@transaction.atomic
def register(actor: Actor, id: UUID, said: Registration) -> Resident:
    """Register a border resident at this post, with a card.

    Raises `Refused`: ``resident.without_name``, ``resident.without_nationality``,
    ``resident.without_village``, ``resident.without_plate`` (a driver's), ``resident.one_fact``,
    ``resident.known`` (with ``number``: who has a card already), ``form.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    _check(said)
    before = Resident.objects.filter(id=id, node=this_node().id).first()
    if before is not None:
        if not _same(before, said):
            raise Refused("form.saved_already")
        return before
    if not said.sure:
        known = same_person(said.traveller, said.document, said.village)
        if known is not None:
            raise Refused("resident.known", number=str(known))
    contents: list[Content] = [
        entries.ResidentRegistered(
            resident=id,
            number=_new_number(),
            kind=said.kind,
            traveller=said.traveller,
            village=said.village,
            until=last_day(said.kind, node_day()).isoformat(),
            plate=said.plate,
            document=said.document,
            asked=bool(said.facts),
        )
    ]
    if said.facts:
        contents.append(entries.ResidentFactsKept(resident=id, facts=said.facts))
    record_all(contents, actor=actor)
    return Resident.objects.get(id=id)


@transaction.atomic
def renew(actor: Actor, resident: UUID) -> Resident:
    """Let a card hold for as long as a new one would; the same day again changes nothing.

    Raises `Refused`: ``resident.unknown``, ``resident.revoked``.
    """
    row = _held(resident)
    if row.revoked_on is not None:
        raise Refused("resident.revoked")
    until = last_day(ResidentKind(row.kind), node_day())
    if until > row.until:
        record(entries.ResidentRenewed(resident=resident, until=until.isoformat()), actor=actor)
        row.refresh_from_db()
    return row


@transaction.atomic
def revoke(actor: Actor, resident: UUID, end: CardEnd | None, words: str = "") -> None:
    """End a card for good. The same again changes nothing.

    Raises `Refused`: ``resident.unknown``, ``resident.without_end``, ``resident.revoked`` (for another
    reason, or in other words), ``resident.words_missing`` (a reason that is in no set needs words),
    ``field.too_long``, ``field.unprintable``.
    """
    row = _held(resident)
    said = " ".join(words.split())
    bounds.check_text("note", said, limits.WORDS)
    if end is None:
        raise Refused("resident.without_end")
    if end is CardEnd.OTHER and len(said) < limits.SHORTEST_WORDS:
        raise Refused("resident.words_missing", least=str(limits.SHORTEST_WORDS))
    if row.revoked_on is not None:
        if (row.end, row.words) == (end, said):
            return
        raise Refused("resident.revoked")
    record(entries.ResidentRevoked(resident=resident, end=end, words=said), actor=actor)


def _held(resident: UUID) -> Resident:
    """A resident of this post, held until the transaction ends. Raises `Refused`."""
    here = Resident.objects.select_for_update().filter(id=resident, node=this_node().id)
    row = here.first()
    if row is None:
        raise Refused("resident.unknown")
    return row


def _check(said: Registration) -> None:
    if not said.traveller.name:
        raise Refused("resident.without_name")
    if not said.traveller.nationality:
        raise Refused("resident.without_nationality")
    if not said.village:
        raise Refused("resident.without_village")
    if (said.kind is ResidentKind.DRIVER) != bool(said.plate):
        raise Refused("resident.without_plate")
    if len(said.facts) == 1:
        raise Refused("resident.one_fact")
    bounds.check_traveller(said.traveller)
    bounds.check_text("village", said.village, limits.VILLAGE)
    bounds.check_text("plate", said.plate, limits.PLATE)
    bounds.check_text("number", said.document, bounds.NUMBER)
    for fact in said.facts:
        bounds.check_text("fact", fact.question, limits.FACT)
        bounds.check_text("fact", fact.answer, limits.FACT)


def _same(row: Resident, said: Registration) -> bool:
    """Whether the form that made a row had this in it."""
    kept = ResidentFacts.objects.filter(id=row.id).first()
    before = (row.kind, row.traveller(), row.village, row.plate, row.document)
    now = (said.kind, said.traveller, said.village, said.plate, said.document)
    return before == now and (kept.asked() if kept else ()) == said.facts


def _new_number() -> str:
    """A number that nobody is known to have, and that nobody can tell from the one before."""
    while True:
        number = make_card_number(secrets.randbelow(10**FIGURES))
        if not Resident.objects.filter(number=number).exists():
            return number
