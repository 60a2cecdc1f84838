"""What the pages of the State's own lists show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext

from openmidas.lists.models import ListEdition
from openmidas.lists.national.categories import CATEGORIES, Action, Category, code_of
from openmidas.lists.national.entries import Said
from openmidas.lists.national.forms import ListingForm
from openmidas.lists.national.lines import births_text, documents_text, names_text
from openmidas.lists.national.models import ListingProposal, NationalList, NationalListing
from openmidas.lists.national.owners import may_read, owners_of
from openmidas.lists.national.publishing import changed_since_published, in_force
from openmidas.lists.national.wording import ACTIONS, CHANGES, ENDS, SEXES, of_code
from openmidas.lists.national.wording import CATEGORIES as CATEGORY_WORDS
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer
from openmidas.posts.standing import officer_names

DUE_DAYS = 30
"""So long before its last day a listing is shown as due for review."""
IN_FORCE, DUE, EXPIRED, REMOVED = "in_force", "due", "expired", "removed"
STATES = (IN_FORCE, DUE, EXPIRED, REMOVED)
_RANK = {action: rank for rank, action in enumerate(Action)}


class ListSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the State's own, in numbers. ``unpublished``: changes that posts do not know yet."""

    row: NationalList
    own: bool
    in_force: int
    waiting: int
    due: int
    unpublished: int
    published: bool


class ListingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A listing without who is listed. ``name`` only where a look-up was recorded."""

    row: NationalListing
    category: str
    action: str
    code: str
    state: str
    waiting: bool
    name: str = ""


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal without who it is about."""

    row: ListingProposal
    list: str
    change: str
    category: str
    proposed_by: str
    ended_by: str
    end: str
    own: bool
    softer: bool


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a listing: as it stands, and as it is proposed."""

    label: str
    now: str
    then: str

    @property
    def changed(self) -> bool:
        """Whether the proposal changes it."""
        return self.now != self.then


def lists_for(officer: Officer) -> list[ListSummary]:
    """The lists of the State's own that an officer of the HQ may look into, by name."""
    found = NationalList.objects.order_by("title", "code")
    return [summary(one, officer) for one in found if may_read(one, officer)]


def summary(of: NationalList, officer: Officer) -> ListSummary:
    """A list in numbers."""
    return ListSummary(
        row=of,
        own=officer.id in owners_of(of),
        in_force=in_force(of, node_day()).count(),
        waiting=ListingProposal.objects.filter(list=of.id, end="").count(),
        due=_in_state(of, DUE).count(),
        unpublished=changed_since_published(of),
        published=ListEdition.objects.filter(list_code=of.code).exists(),
    )


def listings(of: NationalList, wanted: Mapping[str, str]) -> QuerySet[NationalListing]:
    """The listings of a list that are wanted; ``state``: one of `STATES`, in force if none."""
    found = _in_state(of, wanted.get("state") or IN_FORCE)
    if wanted.get("category"):
        found = found.filter(category=wanted["category"])
    if wanted.get("action"):
        found = found.filter(action=wanted["action"])
    return found.order_by("number")


def due(lists: Iterable[UUID]) -> QuerySet[NationalListing]:
    """What is due for review on these lists, or has expired and was not removed, the first day first."""
    until = node_day() + timedelta(days=DUE_DAYS)
    found = NationalListing.objects.filter(list__in=lists, removed=False, expires_on__lt=until)
    return found.order_by("expires_on", "number")


def waiting(lists: Iterable[UUID]) -> QuerySet[ListingProposal]:
    """What waits for a second person on these lists, the longest first."""
    return ListingProposal.objects.filter(list__in=lists, end="").order_by("proposed_at", "number")


def listing_rows(rows: Iterable[NationalListing], *, named: bool = False) -> list[ListingRow]:
    """Listings for a page."""
    shown, day = list(rows), node_day()
    ids = [row.id for row in shown]
    waits = set(
        ListingProposal.objects.filter(listing__in=ids, end="").values_list("listing", flat=True)
    )
    return [
        ListingRow(
            row=row,
            category=of_code(CATEGORY_WORDS, row.category),
            action=of_code(ACTIONS, row.action),
            code=code_of(Action(row.action), discreet=row.discreet),
            state=_state(row, day),
            waiting=row.id in waits,
            name=_name(row.said()) if named else "",
        )
        for row in shown
    ]


def proposal_rows(rows: Iterable[ListingProposal], officer: UUID) -> list[ProposalRow]:
    """Proposals for a page."""
    shown = list(rows)
    names = officer_names([who for one in shown for who in (one.proposed_by, one.ended_by)])
    titles = dict(NationalList.objects.values_list("id", "title"))
    return [
        ProposalRow(
            row=one,
            list=titles.get(one.list, ""),
            change=of_code(CHANGES, one.change),
            category=_category_of(one),
            proposed_by=names.get(one.proposed_by, ""),
            ended_by=names.get(one.ended_by, ""),
            end=of_code(ENDS, one.end),
            own=one.proposed_by == officer,
            softer=softer(_before(one), one.said()),
        )
        for one in shown
    ]


def softer(before: Said | None, after: Said | None) -> bool:
    """Whether a change asks less of posts, or for a shorter time: whoever approves looks twice."""
    if before is None:
        return False
    if after is None:
        return True
    return _RANK[after.action] > _RANK[before.action] or after.expires_on < before.expires_on


def facts(now: Said | None, then: Said | None) -> list[Fact]:
    """A listing field by field, as it stands and as it is proposed; either may be missing."""
    labels = {name: str(field.label) for name, field in ListingForm.base_fields.items()}
    ours, theirs = _told(now), _told(then)
    return [
        Fact(label=labels[name], now=ours.get(name, ""), then=theirs.get(name, ""))
        for name in (ours or theirs)
    ]


def _told(said: Said | None) -> dict[str, str]:
    if said is None:
        return {}
    return {
        "category": of_code(CATEGORY_WORDS, said.category),
        "action": of_code(ACTIONS, said.action),
        "discreet": gettext("yes") if said.discreet else gettext("no"),
        "expires_on": said.expires_on.isoformat(),
        "names": names_text(said.names),
        "births": births_text(said.births),
        "sex": of_code(SEXES, said.sex or ""),
        "nationalities": ", ".join(said.nationalities),
        "documents": documents_text(said.documents),
        "told": said.told,
        "reason": said.reason,
        "legal_basis": said.legal_basis,
        "authority": said.authority,
    }


def notice_of(category: str) -> str:
    """What INTERPOL and SIS call a category."""
    try:
        return CATEGORIES[Category(category)].notice
    except ValueError:
        return ""


def _in_state(of: NationalList, state: str) -> QuerySet[NationalListing]:
    day = node_day()
    rows = NationalListing.objects.filter(list=of.id)
    if state == REMOVED:
        return rows.filter(removed=True)
    rows = rows.filter(removed=False)
    if state == EXPIRED:
        return rows.filter(expires_on__lt=day)
    rows = rows.filter(expires_on__gte=day)
    return rows.filter(expires_on__lt=day + timedelta(days=DUE_DAYS)) if state == DUE else rows


def _state(row: NationalListing, day: date) -> str:
    if row.removed:
        return REMOVED
    if row.expires_on < day:
        return EXPIRED
    return DUE if row.expires_on < day + timedelta(days=DUE_DAYS) else IN_FORCE


def _name(said: Said) -> str:
    if said.names:
        return said.names[0].text
    return said.documents[0].text if said.documents else ""


def _before(proposal: ListingProposal) -> Said | None:
    if proposal.rests_on is None:
        return None
    rested = ListingProposal.objects.filter(id=proposal.rests_on).first()
    return rested.said() if rested else None


def _category_of(proposal: ListingProposal) -> str:
    said = proposal.said() or _before(proposal)
    return of_code(CATEGORY_WORDS, said.category) if said else ""
