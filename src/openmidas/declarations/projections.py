"""From the declarations room's entries to rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid5

import msgspec
from django.utils import timezone

from openmidas.declarations import entries
from openmidas.declarations.models import Declarant, Declaration, DeclaredLine, What
from openmidas.journal.projecting import Origin, projects, put

HEAD = "head"
Line = tuple[str, str, float]
"""Kind, unit and quantity."""


@projects(entries.HerdDeclared)
def herd_declared(origin: Origin, content: entries.HerdDeclared) -> None:
    """The declaration, and a line for each kind of animal."""
    lines = [(str(one.kind), HEAD, float(one.number)) for one in content.animals]
    _put(origin, content, What.HERD, lines)


@projects(entries.GoodsDeclared)
def goods_declared(origin: Origin, content: entries.GoodsDeclared) -> None:
    """The declaration, and a line for each kind of goods."""
    lines = [(str(one.kind), str(one.unit), one.quantity) for one in content.goods]
    _put(origin, content, What.GOODS, lines)


@projects(entries.DeclarantNamed)
def declarant_named(origin: Origin, content: entries.DeclarantNamed) -> None:
    """Whose it is, apart from the numbers."""
    put(
        Declarant,
        origin,
        content.declaration,
        crossing=content.crossing,
        owner=content.owner,
        certificate=content.certificate and msgspec.msgpack.encode(content.certificate),
    )


def _put(
    origin: Origin,
    content: entries.HerdDeclared | entries.GoodsDeclared,
    what: What,
    lines: Iterable[Line],
) -> None:
    day = date.fromisoformat(content.day) if content.day else timezone.localdate(origin.at)
    put(
        Declaration,
        origin,
        content.declaration,
        what=what,
        direction=content.direction,
        corrects=content.corrects,
        said=msgspec.msgpack.encode(content),
        officer=origin.actor.officer,
        at=origin.at,
        day=day,
    )
    for code, unit, quantity in lines:
        put(
            DeclaredLine,
            origin,
            uuid5(content.declaration, f"{code}/{unit}"),
            declaration=content.declaration,
            what=what,
            direction=content.direction,
            code=code,
            unit=unit,
            quantity=quantity,
            day=day,
        )
