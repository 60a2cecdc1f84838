"""Finding a person's crossings, for look-ups (`posts.lookups`) that name a purpose and are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.plates import plate_spellings
from openmidas.crossings.conveyances.services import found
from openmidas.crossings.conveyances.wording import KINDS
from openmidas.crossings.inspection import Document
from openmidas.crossings.models import Crossing
from openmidas.crossings.reading import document_key
from openmidas.crossings.receipts.issuing import crossing_of
from openmidas.crossings.searched_dates import Searched, take_apart
from openmidas.crossings.words import DIRECTIONS, OUTCOMES
from openmidas.documents import PartialDate
from openmidas.nodes.identity import this_node
from openmidas.posts.lookups import Found, Search
from openmidas.posts.models import Post
from openmidas.posts.refusals import Refused
from openmidas.screening.names import fold, skeleton

MOST_CONVEYANCES = 20
"""Of one plate, the last ones that are shown, with all who came with them."""
_NOBODY = Q(pk__in=())


def search_crossings(asked: Search) -> list[Found]:
    """The newest crossings of whom the text means, and the conveyances with that plate.

    It is a document number; the number of a receipt or of a crossing; a plate, for all who came with
    that conveyance; names, a word as it is
    written, its beginning, or another spelling that sounds alike; a date, of birth or of the
    crossing; or names with a date. Order, case and accents do not count. What is written as asked
    comes first. A post finds its own crossings, an HQ those of all its posts.
    """
    conveyances = _conveyances(asked.text)
    exact, wanted = _meant(take_apart(asked.text))
    sure = (
        exact
        | Q(document_key=document_key(Document(number=asked.text)))
        | Q(conveyance_id__in=[row.id for row in conveyances])
        | _numbered(asked.text)
    )
    rank = Case(When(sure, then=0), default=1, output_field=IntegerField())
    rows = _here(Crossing.objects.filter(sure | wanted)).defer("inspection", "note")
    crossings = rows.annotate(rank=rank).order_by("rank", "-at", "-id")[: asked.most]
    posts: dict[UUID, str] = dict(Post.objects.values_list("id", "name"))
    return list(chain(_told_conveyances(conveyances, posts), _told(crossings, posts)))


def _here(rows: QuerySet[Crossing]) -> QuerySet[Crossing]:
    return rows if this_node().is_hq else rows.filter(node=this_node().id)


def _numbered(text: str) -> Q:
    """The crossing whose receipt has this number, or that itself has it, as the log of look-ups names it."""
    node = this_node()
    posts = list(Post.objects.values_list("id", flat=True)) if node.is_hq else [node.id]
    of_receipt = crossing_of(text, posts)
    try:
        itself = UUID(text.strip())
    except ValueError:
        return Q(id=of_receipt.id) if of_receipt else _NOBODY
    return Q(id=itself)


def _meant(said: Searched) -> tuple[Q, Q]:
    """Who bears the names as written, and in any spelling; with the date, where one was said."""
    words = fold(said.names)
    if not words:
        return (_alone(said.date) if said.date else _NOBODY), _NOBODY
    dated = _beside(said.date) if said.date else Q()
    written = Q(*(Q(name_key__contains=f" {word}") for word in words))
    alike = Q(*(_written_or_alike(word) for word in words))
    return written & dated, alike & dated


def _written_or_alike(word: str) -> Q:
    sound = skeleton(word)
    written = Q(name_key__contains=f" {word}")
    return written | Q(sound_key__contains=f" {sound} ") if len(sound) > 1 else written


def _alone(date: PartialDate) -> Q:
    """A date without names: born then, or crossed on that day."""
    return Q(birth=date.text()) | _crossed(date)


def _beside(date: PartialDate) -> Q:
    """A date beside names: born then as far as the birth is known, or crossed then."""
    text = date.text()
    known = {text, text[:7], text[:4], f"~{text[:4]}"}
    return Q(birth__in=known) | Q(birth__startswith=f"{text}-") | _crossed(date)


def _crossed(date: PartialDate) -> Q:
    return Q(day__gte=date.earliest(), day__lte=date.latest())


def _conveyances(text: str) -> list[OpenedConveyance]:
    """The last ones that were opened with this plate, the newest first."""
    rows = OpenedConveyance.objects.filter(plate_key__in=plate_spellings(text)).order_by("-at")
    if not this_node().is_hq:
        rows = rows.filter(node=this_node().id)
    return list(rows[:MOST_CONVEYANCES])


def _told_conveyances(rows: Sequence[OpenedConveyance], posts: dict[UUID, str]) -> list[Found]:
    return [
        Found(
            name=row.plate,
            document="",
            birth="",
            nationality="",
            what=f"{KINDS.get(row.what, row.what)} · {DIRECTIONS[row.direction]}",
            where=", ".join(filter(None, (posts.get(row.node, str(row.node)), row.lane))),
            at=row.at,
            url=_address_of_conveyance(row.id),
        )
        for row in rows
    ]


def _told(crossings: QuerySet[Crossing], posts: dict[UUID, str]) -> list[Found]:
    page = "hq-crossing" if this_node().is_hq else "second-line-case"
    return [
        Found(
            name=f"{row.surname} {row.given_names}".strip(),
            document=f"{row.document_issuer} {row.document_number}".strip(),
            birth=row.birth,
            nationality=row.nationality,
            what=f"{DIRECTIONS[row.direction]} · {OUTCOMES[row.status]}"
            + (f" · {_('another spelling')}" if rank else ""),
            where=f"{posts.get(row.node, str(row.node))}, {row.lane}",
            at=row.at,
            url=_address(page, row.id),
            alike=bool(rank),
        )
        for row, rank in ((row, getattr(row, "rank", 0)) for row in crossings)
    ]


def _address_of_conveyance(id: UUID) -> str:
    """Its page; at a post there is one for about a day."""
    if this_node().is_hq:
        return _address("hq-conveyance", id)
    try:
        return _address("conveyance", found(id).id)
    except Refused:
        return ""


def _address(page: str, id: UUID) -> str:
    """A page of a room above; nothing where this node has none."""
    try:
        return reverse(page, args=[id])
    except NoReverseMatch:
        return ""
