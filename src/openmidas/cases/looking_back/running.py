"""Holding an edition's news against the crossings, batch by batch, from wherever the last one ended."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from openmidas.cases.entries import HitSaid
from openmidas.cases.figures.models import CounterHit
from openmidas.cases.looking_back.entries import HitFoundLater, ListLookedBack
from openmidas.cases.looking_back.limits import BATCH, MOST_POSSIBLE, SPAN
from openmidas.cases.looking_back.local import LateLook, LookingBackRun
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.cases.looking_back.newcomers import Newcomer, newcomers
from openmidas.cases.looking_back.passing import Batch, crossings_after, earliest_id
from openmidas.crossings.hits import hit_id
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor, JournalError
from openmidas.lists.editions import latest_editions, whole_editions
from openmidas.lists.in_use import lists_now
from openmidas.lists.models import ListEdition
from openmidas.nodes.services import node_time, record, record_all
from openmidas.screening import EditionError
from openmidas.screening.looking_back import FoundLater, LookingBack

logger = logging.getLogger(__name__)


class Search:
    """The news of one edition, ready to be held against crossings."""

    def __init__(self, edition: UUID, list_code: str, news: Sequence[Newcomer]) -> None:
        self.edition = edition
        self._list_code = list_code
        self._news = news
        self._looking = LookingBack(
            [one.listing for one in news], lists_now().lexicon, least="possible"
        )

    def find(self, batch: Batch) -> list[HitFoundLater]:
        """All hits of these crossings."""
        found = list(self._looking.screen(batch.travellers))
        ids = {batch.id(one.at) for one in found}
        where = Crossing.objects.defer("inspection").in_bulk(list(ids))
        # One that was erased while it was looked at is nobody's hit.
        return [self._hit(where[id], one) for one in found if (id := batch.id(one.at)) in where]

    def _hit(self, crossing: Crossing, found: FoundLater) -> HitFoundLater:
        one = self._news[found.listing]
        return HitFoundLater(
            crossing=crossing.id,
            post=crossing.node,
            crossed_at=_milliseconds(crossing.at),
            hit=HitSaid(
                list_code=self._list_code,
                listing=one.listing.id,
                edition=self.edition,
                digest=one.digest,
                level=found.level,
                score=found.score,
                agreed=tuple(each.field for each in found.evidence if each.agrees),
            ),
        )


_searches: dict[UUID, Search] = {}
_MOST_READY = 4
_unreadable: set[UUID] = set()


def next_run() -> LookingBackRun | None:
    """The run that is under way, or a new one for an edition whose news nobody has looked for yet."""
    under_way = LookingBackRun.objects.order_by("started_at", "id").first()
    if under_way is not None:
        return under_way
    done = set(LookedBack.objects.values_list("id", flat=True)) | _unreadable
    for edition in latest_editions():
        if edition.id not in done and (run := _begin(edition)) is not None:
            return run
    return None


def give_up(edition: UUID) -> None:
    """Leave an edition that cannot be read, until the worker starts again: others wait behind it."""
    logger.error("the edition %s cannot be read: nobody is looked for by it", edition)
    LookingBackRun.objects.filter(id=edition).delete()
    _unreadable.add(edition)


def go_on(run: LookingBackRun) -> bool:
    """Take the next batch; whether there is more to do. Harmless to be killed in: a batch is one
    transaction. Raises `EditionError`, `JournalError` where the edition cannot be read any more."""
    search = search_of(run.id, run.list_code, run.before)
    after = run.after or earliest_id(run.since)
    batch = crossings_after(after, run.since, BATCH)
    found = search.find(batch)
    with transaction.atomic():
        keep(run, found)
        run.crossings += len(batch.ids)
        if len(batch.ids) == BATCH:
            run.after = batch.id(-1)
            run.save()
            return True
        _end(run)
    return False


def keep(run: LookingBackRun, found: Iterable[HitFoundLater]) -> None:
    """Write down the hits that nobody knows yet, and count all of them."""
    by_id = {hit_id(one.crossing, one.hit.list_code, one.hit.listing): one for one in found}
    at_counter = set(CounterHit.objects.filter(id__in=by_id).values_list("id", flat=True))
    before = set(LaterHit.objects.filter(id__in=by_id).values_list("id", flat=True))
    run.known += len(at_counter)
    kept = _kept_of(run.id) if by_id else Counter()
    new = []
    for id, one in by_id.items():
        if id in at_counter:
            continue
        if one.hit.level == "strong":
            run.strong += 1
        elif id in before or kept[one.hit.listing] < MOST_POSSIBLE:
            run.possible += 1
            kept[one.hit.listing] += id not in before
        else:
            run.not_kept += 1
            continue
        if id not in before:
            new.append(one)
    if new:
        record_all(new, actor=Actor())


def _begin(edition: ListEdition) -> LookingBackRun | None:
    last = LookedBack.objects.filter(list_code=edition.list_code).order_by("-clock").first()
    earlier = whole_editions().filter(list_code=edition.list_code, clock__lt=edition.clock)
    before = (last and earlier.filter(id=last.id).first()) or earlier.order_by("-clock").first()
    try:
        news = newcomers(edition, before)
    except (EditionError, JournalError):
        give_up(edition.id)
        return None
    now = node_time()
    since = now - SPAN
    run = LookingBackRun(
        id=edition.id,
        before=before.id if before else None,
        list_code=edition.list_code,
        listings=len(news),
        since=since,
        started_at=now,
        all=_how_many(since) if news else 0,
    )
    if not news:
        with transaction.atomic():
            _end(run)
        return None
    run.save()
    return run


def _how_many(since: datetime) -> int:
    return Crossing.objects.filter(id__gt=earliest_id(since), at__gte=since).count()


def search_of(edition: UUID, list_code: str, before: UUID | None) -> Search:
    """What was made ready for an edition, or is now: after a start of the worker, or long after.

    Raises `EditionError`, `JournalError` where the edition cannot be read any more.
    """
    found = _searches.get(edition)
    if found is None:
        rows = ListEdition.objects.in_bulk([edition, *([before] if before else [])])
        news = newcomers(rows[edition], rows.get(before) if before else None)
        if len(_searches) >= _MOST_READY:
            _searches.clear()
        found = _searches[edition] = Search(edition, list_code, news)
    return found


def _end(run: LookingBackRun) -> None:
    content = ListLookedBack(
        edition=run.id,
        before=run.before,
        list_code=run.list_code,
        listings=run.listings,
        crossings=run.crossings,
        since=_milliseconds(run.since),
        until=_milliseconds(node_time()),
        strong=run.strong,
        possible=run.possible,
        not_kept=run.not_kept,
        known=run.known,
    )
    record(content, actor=Actor())
    LookingBackRun.objects.filter(id=run.id).delete()
    # What came while it ran may have been passed over, too.
    LateLook.objects.update_or_create(
        id=run.id, defaults={"since": run.started_at, "after": earliest_id(run.started_at)}
    )


def _kept_of(edition: UUID) -> Counter[str]:
    rows = LaterHit.objects.filter(edition=edition, level="possible").order_by().values("listing")
    return Counter(dict(rows.annotate(number=Count("id")).values_list("listing", "number")))


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
