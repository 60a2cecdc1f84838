"""What the page of figures shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from openmidas.cases.figures.counting import (
    Hit,
    HitFigures,
    figures_by,
    figures_of,
    hits_since,
    only_innocent,
)
from openmidas.cases.figures.weaknesses import weaknesses
from openmidas.cases.figures.wording import NOTHING_MISSING, PROPOSALS, word_time
from openmidas.cases.hits import list_titles
from openmidas.crossings.overview import post_names
from openmidas.journal import JournalError
from openmidas.lists.editions import edition_bytes, latest_editions
from openmidas.lists.in_use import lists_now
from openmidas.lists.national.models import NationalList, NationalListing
from openmidas.lists.national.owners import closed_to
from openmidas.nodes.models import LastReport
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.screening import Edition, EditionError, Listing

MOST_INNOCENT = 50


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table. ``heard_until``: of a post, until when it has reported; None: never."""

    name: str
    figures: HitFigures
    median: str
    heard_until: datetime | None = None


class InnocentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that only ever met others. ``listing``: the State's own, to be changed from here.

    ``gone``: it stands on no list in use any more.
    """

    list: str
    number: str
    hits: int
    proposals: tuple[str, ...]
    listing: UUID | None
    gone: bool


class FiguresPage(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a period."""

    since: datetime
    lists: tuple[FigureRow, ...]
    posts: tuple[FigureRow, ...]
    total: FigureRow
    innocent: tuple[InnocentRow, ...]


def figures_page(officer: Officer, days: int) -> FiguresPage:
    """The figures of the last days, of the lists that this officer may look into."""
    since = node_time() - timedelta(days=days)
    hits = hits_since(since, closed_to(officer))
    return FiguresPage(
        since=since,
        lists=tuple(_by_list(hits)),
        posts=tuple(_by_post(hits)),
        total=_row("", figures_of(hits)),
        innocent=tuple(_innocent(hits)),
    )


def table_lines(officer: Officer, days: int) -> Iterator[tuple[str | int, ...]]:
    """The same for a spreadsheet: a line for each list at each post; minutes, and codes as they are."""
    since = node_time() - timedelta(days=days)
    figures = figures_by(
        hits_since(since, closed_to(officer)), lambda hit: (hit.list_code, hit.post)
    )
    posts = post_names()
    for (list_code, post), one in sorted(
        figures.items(), key=lambda item: (item[0][0], str(item[0][1]))
    ):
        yield (
            list_code,
            posts.get(post, str(post)),
            one.hits,
            one.later,
            one.same,
            one.not_same,
            one.unsure,
            one.unanswered,
            "" if one.percent_wrong is None else one.percent_wrong,
            "" if one.median is None else round(one.median.total_seconds() / 60),
            one.let_cross,
        )


COLUMNS = (
    *("list", "post", "hits", "found_later", "same", "not_same", "unsure", "unanswered"),
    *("percent_wrong", "median_minutes", "admitted_open"),
)


def _row(name: str, figures: HitFigures, heard_until: datetime | None = None) -> FigureRow:
    return FigureRow(
        name=name, figures=figures, median=word_time(figures.median), heard_until=heard_until
    )


def _by_list(hits: list[Hit]) -> Iterator[FigureRow]:
    titles = list_titles()
    found = figures_by(hits, lambda hit: hit.list_code)
    for code, figures in sorted(found.items(), key=lambda item: (-item[1].hits, item[0])):
        yield _row(titles.get(code, code), figures)


def _by_post(hits: list[Hit]) -> Iterator[FigureRow]:
    """Every post that there is: one without a hit says something, one that is not heard of another."""
    found = figures_by(hits, lambda hit: hit.post)
    heard = dict(LastReport.objects.values_list("id", "known_until"))
    names = post_names()
    for post in dict.fromkeys((*names, *found)):
        name = names.get(post, str(post))
        yield _row(name, found.get(post) or figures_of(()), heard.get(post))


def _innocent(hits: list[Hit]) -> Iterator[InnocentRow]:
    found = only_innocent(hits)[:MOST_INNOCENT]
    listings = _listings({(list_code, number) for list_code, number, _ in found})
    own = _own({list_code for list_code, _, _ in found})
    titles, lexicon = list_titles(), lists_now().lexicon if found else None
    for list_code, number, count in found:
        listing = listings.get((list_code, number))
        said = (
            [str(PROPOSALS[one]) for one in weaknesses(listing, lexicon)]
            if listing and lexicon
            else []
        )
        yield InnocentRow(
            list=titles.get(list_code, list_code),
            number=number,
            hits=count,
            proposals=tuple(said or [str(NOTHING_MISSING)]) if listing else (),
            listing=own.get((list_code, number)),
            gone=listing is None,
        )


def _listings(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Listing]:
    codes = {list_code for list_code, _ in wanted}
    found = {}
    for row in latest_editions():
        if row.list_code not in codes:
            continue
        try:
            listings = Edition.decode(edition_bytes(row)).listings
        except (EditionError, JournalError):  # an unreadable edition names nobody
            continue
        for one in listings:
            if (row.list_code, one.id) in wanted:
                found[row.list_code, one.id] = one
    return found


def _own(codes: set[str]) -> dict[tuple[str, str], UUID]:
    """The State's own listings of these lists, by list and number."""
    lists = {one.id: one.code for one in NationalList.objects.filter(code__in=codes)}
    rows = NationalListing.objects.filter(list__in=lists, removed=False)
    return {
        (lists[list], number): id for id, list, number in rows.values_list("id", "list", "number")
    }
