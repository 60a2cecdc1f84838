"""What the pages of the lists room show, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec
from django.db.models import Count

from openmidas.exchange.attachments import held, percent_here
from openmidas.lists.in_use import EditionInUse, in_use
from openmidas.lists.models import EditionPart, EditionSource, ListEdition, Wholeness
from openmidas.lists.wording import word_age, word_limit, word_title
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer


class Standing(StrEnum):
    """What an edition is to its list."""

    IN_USE = "in_use"
    REPLACED = "replaced"
    ARRIVING = "arriving"
    DAMAGED = "damaged"


class EditionRow(msgspec.Struct, frozen=True, kw_only=True):
    """An edition on a page. ``by``: the officer's name where this node knows it, else empty.

    ``arrived``: how much of it is here, in percent of its way.
    """

    row: ListEdition
    standing: Standing
    use: EditionInUse
    age: str
    limit: str
    by: str
    arrived: int
    has_source: bool


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A list on a page. ``now``: the edition in use; ``coming``: a later one that is not whole."""

    code: str
    title: str
    now: EditionRow | None
    coming: EditionRow | None
    editions: tuple[EditionRow, ...]


def list_rows(list_code: str | None = None) -> list[ListRow]:
    """All lists that this node has heard of, or one, by code; editions from the latest on."""
    found = ListEdition.objects.order_by("list_code", "-clock", "-id")
    if list_code is not None:
        found = found.filter(list_code=list_code)
    by_code: dict[str, list[ListEdition]] = defaultdict(list)
    for edition in found:
        by_code[edition.list_code].append(edition)
    facts = _Facts([edition for editions in by_code.values() for edition in editions])
    return [_list_row(code, editions, facts) for code, editions in by_code.items()]


class _Facts:
    """What is looked up once for a page: names of officers, what of them is here, sources."""

    def __init__(self, editions: Sequence[ListEdition]) -> None:
        self.day: date = node_day()
        officers = {edition.officer for edition in editions if edition.officer}
        self.names: dict[UUID | None, str] = dict(
            Officer.objects.filter(id__in=officers).values_list("id", "name")
        )
        waited_for = [e.id for e in editions if e.wholeness == Wholeness.ARRIVING]
        counted = EditionPart.objects.filter(edition__in=waited_for).values("edition")
        self.arrived: dict[UUID, int] = dict(
            counted.annotate(count=Count("id")).values_list("edition", "count")
        )
        self.held = held(e.digest for e in editions if e.wholeness == Wholeness.APART)
        ids = [edition.id for edition in editions]
        self.sources = set(EditionSource.objects.filter(id__in=ids).values_list("id", flat=True))

    def row(self, edition: ListEdition, standing: Standing) -> EditionRow:
        use = in_use(edition, self.day)
        return EditionRow(
            row=edition,
            standing=standing,
            use=use,
            age=word_age(use),
            limit=word_limit(edition.limit_days),
            by=self.names.get(edition.officer, ""),
            arrived=self._arrived(edition),
            has_source=edition.id in self.sources,
        )

    def _arrived(self, edition: ListEdition) -> int:
        if self.is_whole(edition):
            return 100
        if edition.wholeness == Wholeness.APART:
            return percent_here(edition.digest)
        return self.arrived.get(edition.id, 0) * 100 // max(1, edition.parts)

    def is_whole(self, edition: ListEdition) -> bool:
        """Whether it can be used here."""
        if edition.wholeness == Wholeness.APART:
            return edition.digest in self.held
        return edition.wholeness == Wholeness.WHOLE

    def standing(self, edition: ListEdition, now: EditionRow | None) -> Standing:
        """What it is to its list, ``now`` being the one in use, if a later one is."""
        if self.is_whole(edition):
            return Standing.IN_USE if now is None else Standing.REPLACED
        return Standing.DAMAGED if edition.wholeness == Wholeness.DAMAGED else Standing.ARRIVING


def _list_row(code: str, editions: Sequence[ListEdition], facts: _Facts) -> ListRow:
    rows: list[EditionRow] = []
    now: EditionRow | None = None
    coming: EditionRow | None = None
    for edition in editions:
        row = facts.row(edition, facts.standing(edition, now))
        rows.append(row)
        if row.standing is Standing.IN_USE:
            now = row
        elif now is None and coming is None:
            coming = row
    return ListRow(
        code=code,
        title=word_title(code, editions[0].title),
        now=now,
        coming=coming,
        editions=tuple(rows),
    )
