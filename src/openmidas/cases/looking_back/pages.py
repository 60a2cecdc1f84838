"""What the pages of looking back show. Nobody is named here but on the page of one hit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.cases.entries import HitSaid
from openmidas.cases.hits import Question, list_titles
from openmidas.cases.looking_back.local import LookingBackRun
from openmidas.cases.looking_back.lost import KNOWN
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.cases.models import HitResolution
from openmidas.cases.wording import answers_on
from openmidas.crossings.checks import check_lost
from openmidas.crossings.hit_findings import finding_of
from openmidas.crossings.hits import listing_digest
from openmidas.crossings.inspection import Finding, Inspection, Severity
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.crossings.overview import post_names
from openmidas.crossings.reading import query_of
from openmidas.journal import JournalError
from openmidas.lists.editions import edition_bytes
from openmidas.lists.in_use import ListHit, in_use, lists_now
from openmidas.lists.lost.in_use import LOST, lost_now
from openmidas.lists.models import ListEdition
from openmidas.nodes.services import node_day
from openmidas.screening import (
    Edition,
    EditionError,
    Level,
    ListedName,
    Listing,
    compare,
    explain,
    prepare_listing,
    prepare_query,
)

RUNS_SHOWN = 20


class LaterHitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A hit without who it is about. ``answer``: the one that counts, in words; empty where there is none;
    ``cancelled``: an officer cancelled the scan that it is about."""

    hit: LaterHit
    list: str
    post: str
    answer: str
    cancelled: bool


class DoneRow(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that was looked back from, and the name of its list."""

    back: LookedBack
    list: str


def runs_under_way(closed: Collection[str]) -> list[tuple[LookingBackRun, str]]:
    """What the worker is at, with the name of the list."""
    titles = list_titles()
    runs = LookingBackRun.objects.exclude(list_code__in=closed).order_by("started_at", "id")
    return [(run, titles.get(run.list_code, run.list_code)) for run in runs]


def done(closed: Collection[str]) -> list[DoneRow]:
    """The last editions that were looked back from, the last one first."""
    titles = list_titles()
    rows = LookedBack.objects.exclude(list_code__in=closed).order_by("-clock")[:RUNS_SHOWN]
    return [DoneRow(back=row, list=titles.get(row.list_code, row.list_code)) for row in rows]


def later_hits(closed: Collection[str], list_code: str, level: str) -> QuerySet[LaterHit]:
    """The hits on lists that are not closed to who asks, the surest first, then the newest."""
    hits = LaterHit.objects.exclude(list_code__in=closed)
    if list_code:
        hits = hits.filter(list_code=list_code)
    if level:
        hits = hits.filter(level=level)
    return hits.order_by("-crossed_at", "-id")


def shown(hits: Iterable[LaterHit]) -> list[LaterHitRow]:
    """Hits as lines of a table."""
    rows, titles, posts = list(hits), list_titles(), post_names()
    answered = HitResolution.objects.filter(hit__in=[row.id for row in rows])
    answers = dict(answered.order_by("clock", "id").values_list("hit", "answer"))
    scans = CancelledInspection.objects.filter(id__in=[row.crossing for row in rows])
    cancelled = set(scans.values_list("id", flat=True))
    return [
        LaterHitRow(
            hit=row,
            list=titles.get(row.list_code, row.list_code),
            post=posts.get(row.post, str(row.post)),
            answer=str(answers_on(row.list_code).get(answers.get(row.id, ""), "")),
            cancelled=row.crossing in cancelled,
        )
        for row in rows
    ]


def scan_of(id: UUID, *, hold: bool = False) -> Crossing | CancelledInspection | None:
    """The scan that a hit is about; None where it was erased. ``hold``: until the transaction ends."""
    crossings, cancelled = Crossing.objects.filter(id=id), CancelledInspection.objects.filter(id=id)
    if hold:
        crossings, cancelled = crossings.select_for_update(), cancelled.select_for_update()
    return crossings.first() or cancelled.first()


def question_of(hit: LaterHit, inspection: Inspection) -> Question | None:
    """A later hit as a question that can be answered; None where its edition is not readable any more."""
    if hit.list_code == LOST:
        return _lost_question(hit, inspection)
    edition = ListEdition.objects.filter(id=hit.edition).first()
    listing = _listing(edition, hit.listing) if edition else None
    if edition is None or listing is None:
        return None
    query = query_of(inspection.traveller, inspection.document)
    lexicon = lists_now().lexicon
    found = compare(prepare_query(query, lexicon), prepare_listing(listing, lexicon))
    name = listing.names[found.name] if listing.names else ListedName(listing.id)
    listed = ListHit(
        list_code=hit.list_code,
        listing=listing,
        name=name.text,
        quality=name.quality,
        level=msgspec.convert(hit.level, Level),
        score=found.score,
        evidence=explain(found, query, listing),
        probability=found.probability(),
        edition=in_use(edition, node_day()),
    )
    said = HitSaid(
        list_code=hit.list_code,
        listing=hit.listing,
        edition=hit.edition,
        digest=listing_digest(listing),
        level=listed.level,
        score=found.score,
        agreed=tuple(one.field for one in listed.evidence if one.agrees),
    )
    return Question(hit.id, finding_of(listed, None), said)


def _lost_question(hit: LaterHit, inspection: Inspection) -> Question | None:
    """What the list says of the document today; where it is off the list it can be answered as well."""
    document = inspection.document
    answer = lost_now().look(document.issuer, document.code, document.number)
    if answer.unknown:
        return None
    said = msgspec.convert(hit, HitSaid, from_attributes=True)
    found = next((one for one in check_lost(answer) if one.code == KNOWN), None)
    gone = Finding(code=KNOWN, severity=Severity.INFO)
    return Question(hit.id, found or gone, said, gone=found is None)


def unanswered(closed: Collection[str]) -> int:
    """How many hits nobody has answered yet."""
    answered = HitResolution.objects.values("hit")
    return LaterHit.objects.exclude(list_code__in=closed).exclude(id__in=answered).count()


def _listing(edition: ListEdition, id: str) -> Listing | None:
    try:
        listings = Edition.decode(edition_bytes(edition)).listings
    except (EditionError, JournalError):
        return None
    return next((one for one in listings if one.id == id), None)
