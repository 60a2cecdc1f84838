"""What the pages of declarations show: values made ready for the templates; and the totals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import localize
from django.utils.translation import gettext as _

from openmidas.crossings.overview import post_names
from openmidas.crossings.words import DIRECTIONS
from openmidas.declarations import wording
from openmidas.declarations.checks import Told, check_herd, rules
from openmidas.declarations.models import Declarant, Declaration, DeclaredLine, What
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day


class ShownDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration in words. ``replaced``: by which it was corrected, if it was."""

    row: Declaration
    what: str
    direction: str
    lines: tuple[str, ...]
    told: tuple[str, ...]
    replaced: UUID | None

    @property
    def empty(self) -> bool:
        """Whether it takes another one back."""
        return not self.lines


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """So much of one kind at one post in one month. Of no person."""

    month: date
    post: str
    direction: str
    what: str
    kind: str
    quantity: float
    unit: str

    @property
    def number(self) -> str:
        """The quantity as people write it."""
        return str(localize(self.plain))

    @property
    def plain(self) -> float | int:
        """The same as a table of numbers holds it."""
        return _plain(self.quantity)


def declared_here() -> QuerySet[Declaration]:
    """All declarations of this post."""
    return Declaration.objects.filter(node=this_node().id)


def shown(row: Declaration) -> ShownDeclaration:
    """One declaration in words."""
    is_herd = row.what == What.HERD
    replaced = Declaration.objects.filter(node=row.node, corrects=row.id).first()
    herd = _told(row) if is_herd else []
    return ShownDeclaration(
        row=row,
        what=wording.word(wording.WHATS, row.what),
        direction=str(DIRECTIONS.get(row.direction, row.direction)),
        lines=tuple(_lines(row)),
        told=tuple(wording.word_told(one) for one in herd),
        replaced=replaced.id if replaced else None,
    )


def all_shown(rows: Iterable[Declaration]) -> list[ShownDeclaration]:
    """Several of them."""
    return [shown(row) for row in rows]


def declarant_of(row: Declaration) -> Declarant | None:
    """Whose it is, and with which crossing it came; None where nobody said, or it was erased."""
    return Declarant.objects.filter(id=row.id).first()


def totals(months: int, what: str = "", direction: str = "") -> list[Total]:
    """What was declared in the last months, this one with them, by month, post, direction and kind.

    The newest come first. Declarations that were corrected do not count; corrections do.
    """
    corrected = Declaration.objects.filter(node=OuterRef("node"), corrects=OuterRef("declaration"))
    lines = DeclaredLine.objects.filter(day__gte=_first_day(months))
    if what:
        lines = lines.filter(what=what)
    if direction:
        lines = lines.filter(direction=direction)
    found = (
        lines.exclude(Exists(corrected))
        .annotate(month=TruncMonth("day"))
        .values_list("month", "node", "direction", "what", "code", "unit")
        .annotate(Sum("quantity"))
    )
    names = post_names()
    told = [
        Total(
            month=month,
            post=names.get(node, str(node)),
            direction=str(DIRECTIONS.get(way, way)),
            what=wording.word(wording.WHATS, of),
            kind=wording.word(wording.KINDS, code),
            quantity=quantity,
            unit=wording.word(wording.UNITS, unit),
        )
        for month, node, way, of, code, unit, quantity in found
    ]
    told.sort(key=lambda one: (one.post, one.direction, one.what, one.kind, one.unit))
    return sorted(told, key=lambda one: one.month, reverse=True)


def _lines(row: Declaration) -> list[str]:
    if row.what == What.HERD:
        return [
            _("%(kind)s: %(number)s")
            % {
                "kind": wording.word(wording.ANIMALS, one.kind),
                "number": localize(one.number),
            }
            for one in row.herd().animals
        ]
    return [
        _("%(kind)s: %(number)s")
        % {
            "kind": wording.word(wording.GOODS, one.kind),
            "number": f"{_number(one.quantity)} {wording.word(wording.UNITS, one.unit)}",
        }
        for one in row.goods().goods
    ]


def _told(row: Declaration) -> list[Told]:
    kept = declarant_of(row)
    return check_herd(row.herd(), kept.shown() if kept else None, row.day, rules().certificate_days)


def _first_day(months: int) -> date:
    """On which the first of so many months began, of which this one is the last."""
    today = node_day()
    years, month = divmod(today.month - months, 12)
    return date(today.year + years, month + 1, 1)


def _number(quantity: float) -> str:
    return str(localize(_plain(quantity)))


def _plain(quantity: float) -> float | int:
    return int(quantity) if quantity.is_integer() else round(quantity, 2)
