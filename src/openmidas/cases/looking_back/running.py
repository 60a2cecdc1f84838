"""Holding an edition's news against the crossings, batch by batch, from wherever the last one ended."""

from __future__ import annotations

import logging
import time
from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from openmidas.cases.figures.models import CounterHit
from openmidas.cases.looking_back.entries import ListLookedBack
from openmidas.cases.looking_back.limits import BATCH, MOST_POSSIBLE, SPAN, TRY_AGAIN
from openmidas.cases.looking_back.local import LateLook, LookingBackRun
from openmidas.cases.looking_back.looked import Looked
from openmidas.cases.looking_back.lost import lost_news
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.cases.looking_back.newcomers import newcomers
from openmidas.cases.looking_back.passing import earliest_id, milliseconds, scans_since
from openmidas.cases.looking_back.searching import search_of
from openmidas.crossings.hits import hit_id
from openmidas.journal import Actor, JournalError
from openmidas.lists.editions import latest_editions, whole_editions
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.models import ListEdition
from openmidas.nodes.services import node_time, record, record_all
from openmidas.screening import EditionError

logger = logging.getLogger(__name__)

_unreadable: dict[UUID, float] = {}
"""Which edition could not be read, and when, by a clock that only goes forward."""


def next_run() -> LookingBackRun | None:
    """The run that is under way, or a new one for an edition whose news nobody has looked for yet."""
    under_way = LookingBackRun.objects.order_by("started_at", "id").first()
    if under_way is not None:
        return under_way
    done = set(LookedBack.objects.values_list("id", flat=True)) | _left_for_now()
    for edition in latest_editions():
        if edition.id not in done and (run := _begin(edition)) is not None:
            return run
    for news in lost_news():
        if news.id not in done and (run := _start(news.id, LOST, news.of, news.documents)):
            return run
    return None


def give_up(edition: UUID) -> None:
    """Leave an edition that cannot be read, and try again in an hour: others wait behind it."""
    logger.error("the edition %s cannot be read: nobody is looked for by it yet", edition)
    LookingBackRun.objects.filter(id=edition).delete()
    _unreadable[edition] = time.monotonic()


def _left_for_now() -> set[UUID]:
    until = time.monotonic() - TRY_AGAIN.total_seconds()
    return {edition for edition, failed in _unreadable.items() if failed > until}


def go_on(run: LookingBackRun) -> bool:
    """Take the next batch; whether there is more to do. Harmless to be killed in: a batch is one
    transaction. Raises `EditionError`, `LostError`, `JournalError` where it cannot be read any more."""
    search = search_of(run.id, run.list_code, run.before)
    looked = search.look(run.after or earliest_id(run.since), run.since, BATCH)
    with transaction.atomic():
        keep(run, looked)
        run.crossings += looked.scans
        if looked.scans == BATCH:
            run.after = looked.last
            run.save()
            return True
        _end(run)
    return False


def keep(run: LookingBackRun, looked: Looked) -> None:
    """Write down the hits that nobody knows yet, and count all of them."""
    by_id = {hit_id(one.crossing, one.hit.list_code, one.hit.listing): one for one in looked.found}
    counted = CounterHit.objects.filter(id__in=by_id).values_list("id", flat=True)
    at_counter = looked.known | set(counted)
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
    return _start(edition.id, edition.list_code, before.id if before else None, len(news))


def _start(
    edition: UUID, list_code: str, before: UUID | None, listings: int
) -> LookingBackRun | None:
    """A new run; None where there is no news, which is written down at once."""
    now = node_time()
    since = now - SPAN
    run = LookingBackRun(
        id=edition,
        before=before,
        list_code=list_code,
        listings=listings,
        since=since,
        started_at=now,
        all=scans_since(since) if listings else 0,
    )
    if not listings:
        with transaction.atomic():
            _end(run)
        return None
    run.save()
    return run


def _end(run: LookingBackRun) -> None:
    content = ListLookedBack(
        edition=run.id,
        before=run.before,
        list_code=run.list_code,
        listings=run.listings,
        crossings=run.crossings,
        since=milliseconds(run.since),
        until=milliseconds(node_time()),
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
