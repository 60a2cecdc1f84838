"""An edition of a State's own list: what posts get of its listings, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from openmidas.exchange.attachments import keep, prepare
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.editions import latest_edition, whole_editions
from openmidas.lists.entries import EditionPublished
from openmidas.lists.models import ListEdition
from openmidas.lists.national.categories import code_of
from openmidas.lists.national.entries import ListConfigured, Said
from openmidas.lists.national.models import NationalList, NationalListing
from openmidas.lists.national.owners import READERS, check_owner, check_owners, list_of, person
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, node_time, record
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused
from openmidas.screening import Edition, ListedBirth, ListedDocument, ListedName, Listing

RECENT_EDITIONS = 4
"""Against so many editions before it a new one is packed."""


@transaction.atomic
def configure(
    actor: Actor,
    *,
    code: str,
    title: str,
    owners: tuple[UUID, ...] = (),
    readers: tuple[str, ...] = (),
    limit_days: int = 14,
    list: UUID | None = None,
) -> UUID:
    """Keep a list of the State's own, or lay one out anew; its code stays.

    Raises `Refused`: ``list.nobody``, ``list.not_owner``, ``list.owners``, ``list.readers``,
    ``list.code``, ``list.code_taken``, ``list.title``.
    """
    if list is None:
        person(actor)
        _check_free(code)
    else:
        known = list_of(list)
        check_owner(actor, known)
        code = known.code
    check_owners(owners)
    if not set(readers) <= set(READERS):
        raise Refused("list.readers")
    said = " ".join(title.split())
    if not 3 <= len(said) <= 200:
        raise Refused("list.title")
    try:
        content = msgspec.convert(
            {
                "list": list or new_id(),
                "code": code,
                "title": said,
                "owners": owners,
                "readers": readers,
                "limit_days": limit_days,
            },
            ListConfigured,
        )
    except msgspec.ValidationError as error:
        raise Refused("list.code") from error
    record(content, actor=actor)
    return content.list


def publish(actor: Actor, list: UUID) -> UUID:
    """Make an edition of what is approved and has not expired, and send it to every post.

    Without a change it says that the list is up to date. Raises `Refused` ``list.empty``, or as
    `owners.check_owner` does.
    """
    return _publish(list, actor, lambda of: check_owner(actor, of))


def republish_due() -> int:
    """Publish again what was published before and would grow stale, though nobody does; how many lists.

    What these lists say is what stands here, so that "as of today" is true; of a list that others make
    it would not be. What was approved goes along, and what has expired is left out.
    """
    due = [of for of in NationalList.objects.filter(node=this_node().id) if _is_due(of)]
    for of in due:
        _publish(of.id, Actor(), lambda of: hold_journal())
    return len(due)


def _is_due(of: NationalList) -> bool:
    """Half of the time until it is stale has passed: a post may be without a link for the other half."""
    last = latest_edition(of.code)
    if last is None or last.node != this_node().id:
        return False
    return 2 * (node_day() - last.day).days >= of.limit_days


def _publish(list: UUID, actor: Actor, may: Callable[[NationalList], object]) -> UUID:
    """``may`` holds the journal from then on, and refuses who may not."""
    edition = edition_of(list_of(list))
    data = edition.encode()
    packed = prepare(data, _recent(edition.list_code))  # seconds, before anybody waits for them
    with transaction.atomic():
        of = list_of(list)
        may(of)
        last = ListEdition.objects.filter(list_code=of.code).exists()
        if not edition.listings and not last:
            raise Refused("list.empty")
        now = edition_of(of)
        if now.listings != edition.listings:
            raise Refused("list.changing")
        keep(packed)
        id = new_id()
        published = EditionPublished(
            edition=id,
            list_code=of.code,
            title=of.title,
            dated=edition.dated,
            digest=packed.digest,
            says=edition.digest(),
            size=packed.size,
            parts=0,
            persons=_count(edition, "person"),
            entities=0,
            documents=_count(edition, "document"),
            readers=tuple(of.readers),
            limit_days=of.limit_days,
            problems=0,
        )
        record(published, actor=actor)
    return id


def edition_of(of: NationalList) -> Edition:
    """The list as posts would get it now."""
    listings = [sent(row.number, row.said()) for row in in_force(of, node_day()).order_by("number")]
    return Edition(list_code=of.code, title=of.title, dated=node_time(), listings=tuple(listings))


def in_force(of: NationalList, day: date) -> QuerySet[NationalListing]:
    """The listings that hold on a day."""
    return NationalListing.objects.filter(list=of.id, removed=False, expires_on__gte=day)


def changed_since_published(of: NationalList) -> int:
    """How many listings changed since the last edition, or expired since; posts do not know yet."""
    last = ListEdition.objects.filter(list_code=of.code).order_by("-clock", "-id").first()
    rows = NationalListing.objects.filter(list=of.id)
    if last is None:
        return rows.filter(removed=False).count()
    changed = rows.filter(clock__gt=last.clock)
    expired = rows.filter(
        clock__lte=last.clock, removed=False, expires_on__gte=last.day, expires_on__lt=node_day()
    )
    return changed.count() + expired.count()


def sent(number: str, said: Said) -> Listing:
    """What a post gets of a listing: neither reason nor legal basis, authority or source.

    ``remarks`` is what its second line is told; the category goes along for it, and not for the lane.
    """
    births = tuple(ListedBirth(one.earliest, one.latest, one.text) for one in said.births)
    documents = tuple(
        ListedDocument(one.kind, one.number, one.issuer, one.text) for one in said.documents
    )
    return Listing(
        id=number,
        kind="person" if said.names else "document",
        names=tuple(ListedName(one.text, one.quality, one.script) for one in said.names),
        births=births,
        sex=said.sex,
        nationalities=said.nationalities,
        documents=documents,
        remarks=said.told,
        category=said.category,
        action=said.action,
        code=code_of(said.action, discreet=said.discreet),
        discreet=said.discreet,
        expires_on=said.expires_on,
    )


def _check_free(code: str) -> None:
    taken = (
        NationalList.objects.filter(code=code).exists()
        or ListEdition.objects.filter(list_code=code).exists()
        or code in RESERVED
    )
    if taken:
        raise Refused("list.code_taken")


RESERVED = frozenset({"un", "ofac", "eu", "uk", "ftm", "interpol", "lost"})
"""Lists of others, which may be imported later."""


def _recent(list_code: str) -> list[str]:
    editions = whole_editions().filter(list_code=list_code).order_by("-clock", "-id")
    return [*editions.values_list("digest", flat=True)[:RECENT_EDITIONS]]


def _count(edition: Edition, kind: str) -> int:
    return sum(listing.kind == kind for listing in edition.listings)
