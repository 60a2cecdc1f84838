"""A list of twenty thousand, and its next edition with a hundred more: ten of them have crossed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from bench.screening.generator import make_world
from openmidas.cases.looking_back.entries import ListLookedBack
from openmidas.crossings.models import Crossing
from openmidas.exchange.attachments import keep, prepare
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.entries import EditionPublished
from openmidas.nodes.services import node_time, record
from openmidas.screening import Edition, ListedBirth, ListedName, Listing

NEW = 100
CROSSED = 10
_SEED = 78
_EACH_KIND = 20


def publish_both(known: int) -> None:
    """The first edition, of which everything was looked for; and the next."""
    world = make_world(
        _SEED, listings=known + NEW - CROSSED, innocent=0, each_kind=_EACH_KIND, all_names=False
    )
    before, new = world.listings[:known], world.listings[known:]
    edition = _publish(before)
    looked = ListLookedBack(
        edition=edition, before=None, list_code="bench", listings=known, crossings=0, since=0,
        until=0, strong=0, possible=0, not_kept=0, known=0,
    )  # fmt: skip
    with transaction.atomic():
        record(looked, actor=Actor())
    _publish((*before, *new, *_who_crossed()))


def _who_crossed() -> list[Listing]:
    """Some travellers, as a list names them: the given names first, and the day of birth."""
    people = {row.document_key: row for row in _spread(40)}
    listings = []
    for number, row in enumerate([*people.values()][:CROSSED]):
        birth = date.fromisoformat(row.birth)
        listings.append(
            Listing(
                id=f"X.{number:03}",
                kind="person",
                names=(ListedName(f"{row.given_names} {row.surname}"),),
                births=(ListedBirth(birth, birth, row.birth),),
                nationalities=(row.nationality,) if row.nationality else (),
            )
        )
    return listings


def _spread(number: int) -> Iterator[Crossing]:
    """So many crossings with a document, from the first to the last, without reading those between."""
    known = Crossing.objects.exclude(document_key="")
    ids = known.order_by("id").values_list("id", flat=True)
    first, last = ids.first(), ids.last()
    assert first is not None
    assert last is not None
    for step in range(number):
        from_here = UUID(int=first.int + (last.int - first.int) * step // number)
        row = known.filter(id__gte=from_here).order_by("id").first()
        assert row is not None
        yield row


def _publish(listings: tuple[Listing, ...]) -> UUID:
    dated = node_time() - timedelta(hours=1)
    edition = Edition(list_code="bench", title="Bench", dated=dated, listings=listings)
    packed = prepare(edition.encode())
    content = EditionPublished(
        edition=new_id(), list_code="bench", title="Bench", dated=dated, digest=packed.digest,
        says=edition.digest(), size=packed.size, parts=0, persons=len(listings), entities=0,
        limit_days=30, problems=0,
    )  # fmt: skip
    with transaction.atomic():
        keep(packed)
        record(content, actor=Actor())
    return content.edition
