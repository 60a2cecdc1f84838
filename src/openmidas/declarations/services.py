"""Declaring herds and goods, and correcting what was declared.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings import limits as bounds
from openmidas.crossings.models import Crossing
from openmidas.declarations import limits
from openmidas.declarations.entries import Certificate, DeclarantNamed, GoodsDeclared, HerdDeclared
from openmidas.declarations.models import Declarant, Declaration, What
from openmidas.journal import Actor, Content
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record_all
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused


class Declarer(msgspec.Struct, frozen=True, kw_only=True):
    """Whose it is, its certificate, and with which crossing it comes, as far as that is told."""

    crossing: UUID | None = None
    owner: str = ""
    certificate: Certificate | None = None


@transaction.atomic
def declare(
    actor: Actor, said: HerdDeclared | GoodsDeclared, declarer: Declarer | None = None
) -> Declaration:
    """Write down what is declared at this post, or a correction of it; the same again changes nothing.

    Raises `Refused`: ``declaration.nothing`` (there is nothing in it, and it corrects none),
    ``declaration.twice`` (one kind two times), ``declaration.unknown`` and ``declaration.corrected`` (of
    what it corrects), ``crossing.unknown``, ``form.saved_already``, ``field.unprintable``,
    ``request.broken`` (beyond the bounds of the kind).
    """
    told = declarer or Declarer()
    _check(said, told)
    hold_journal()  # two corrections of one declaration do not pass each other
    said = _completed(said, told)
    before = Declaration.objects.filter(id=said.declaration, node=this_node().id).first()
    if before is not None:
        if not _same(before, said, told):
            raise Refused("form.saved_already")
        return before
    _check_corrected(said)
    if told.crossing is not None and not _crossed_here(told.crossing):
        raise Refused("crossing.unknown")
    contents: list[Content] = [said]
    if told != Declarer():
        contents.append(
            DeclarantNamed(declaration=said.declaration, **msgspec.structs.asdict(told))
        )
    record_all(contents, actor=actor)
    return Declaration.objects.get(id=said.declaration)


def _check(said: HerdDeclared | GoodsDeclared, told: Declarer) -> None:
    lines = said.animals if isinstance(said, HerdDeclared) else said.goods
    if not lines and said.corrects is None:
        raise Refused("declaration.nothing")
    if len({one.kind for one in lines}) < len(lines):
        raise Refused("declaration.twice")
    bounds.check_text("origin", said.origin, limits.PLACE)
    bounds.check_text("destination", said.destination, limits.PLACE)
    bounds.check_text("name", told.owner, limits.OWNER)
    if isinstance(said, HerdDeclared):
        bounds.check_text("place", said.route, limits.ROUTE)
    if told.certificate is not None:
        bounds.check_text("certificate", told.certificate.number, limits.CERTIFICATE)
        bounds.check_text("certificate", told.certificate.issuer, limits.ISSUER)
    try:
        for one in (said, told):
            msgspec.convert(msgspec.to_builtins(one), type(one))
    except msgspec.ValidationError as error:
        raise Refused("request.broken") from error


def _completed(said: HerdDeclared | GoodsDeclared, told: Declarer) -> HerdDeclared | GoodsDeclared:
    """With what follows from the rest: the day of the first declaration, and whether it is certified."""
    day = None
    if said.corrects is not None:
        first = Declaration.objects.filter(node=this_node().id, id=said.corrects).first()
        day = first.day.isoformat() if first else None
    if isinstance(said, GoodsDeclared):
        return msgspec.structs.replace(said, day=day)
    return msgspec.structs.replace(said, day=day, certified=told.certificate is not None)


def _check_corrected(said: HerdDeclared | GoodsDeclared) -> None:
    if said.corrects is None:
        return
    what = What.HERD if isinstance(said, HerdDeclared) else What.GOODS
    here = Declaration.objects.filter(node=this_node().id)
    if not here.filter(id=said.corrects, what=what).exists():
        raise Refused("declaration.unknown")
    if here.filter(corrects=said.corrects).exists():
        raise Refused("declaration.corrected")


def _crossed_here(crossing: UUID) -> bool:
    return Crossing.objects.filter(id=crossing, node=this_node().id).exists()


def _same(row: Declaration, said: HerdDeclared | GoodsDeclared, told: Declarer) -> bool:
    """Whether the form that made a row had this in it."""
    kept = Declarant.objects.filter(id=row.id).first()
    named = Declarer()
    if kept is not None:
        named = Declarer(crossing=kept.crossing, owner=kept.owner, certificate=kept.shown())
    return bytes(row.said) == msgspec.msgpack.encode(said) and named == told
