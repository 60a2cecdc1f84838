"""Posts, and how they are, as other systems are told them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from openmidas.crossings.overview import post_names
from openmidas.crossings.post_health import (
    PostHealth,
    ReportedList,
    last_crossed,
    post_health,
)
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.silence import Hearing, silence_of


class ToldPost(Schema):
    """A post of the State."""

    id: UUID = Field(description=_("The id by which crossings and flows name the post."))
    name: str = Field(description=_("Its name."))
    latitude: float | None = Field(description=_("Degrees; null: not known."))
    longitude: float | None = Field(description=_("Degrees; null: not known."))
    hours: list[str] = Field(
        description=_(
            "When it is open, from Monday to Sunday, as 06:00-18:00, several with commas, empty for "
            "closed; no list: always."
        )
    )


class ToldPosts(Schema):
    """All posts of the State, by name."""

    posts: list[ToldPost] = Field(description=_("The posts, by name."))


class ToldList(Schema):
    """A list that a post’s last traveller was checked against."""

    code: str = Field(description=_("Which list."))
    dated: date = Field(description=_("The day of the edition in use."))
    age_days: int = Field(description=_("How old that is today, in days."))
    stale: bool | None = Field(
        description=_("Whether it is older than its limit; null: the limit is not known.")
    )
    newest: date | None = Field(
        description=_("The day of a newer edition that was published since, if there is one.")
    )


class ToldHealth(Schema):
    """How a post is, as far as the headquarters knows."""

    post: UUID = Field(description=_("The id of the post."))
    last_contact: datetime | None = Field(description=_("When it was last heard of."))
    silent: bool = Field(
        description=_(
            "Whether it has gone silent: unheard of for longer than it may be, in hours when it is "
            "open. The headquarters reports it."
        )
    )
    reachable: bool = Field(description=_("Whether that was a moment ago."))
    to_come: int | None = Field(
        description=_(
            "Journal entries that it said it still has; numbers may still change by them. null: it "
            "was never heard of."
        )
    )
    received: int = Field(description=_("Journal entries of it that are here."))
    quarantined: int = Field(description=_("Entries that could not be read into tables."))
    stopped: bool = Field(description=_("Whether its journal is not taken any further: an alarm."))
    clock_seconds: int | None = Field(
        description=_("How far its clock is ahead, in seconds; null: never compared.")
    )
    last_crossing: datetime | None = Field(description=_("The last crossing that is here."))
    lists: list[ToldList] = Field(description=_("The lists in use there."))


class ToldHealths(Schema):
    """How all posts are."""

    posts: list[ToldHealth] = Field(description=_("The posts, by name."))


def told_posts() -> ToldPosts:
    """All posts of the State."""
    laid_out = Post.objects.in_bulk()
    return ToldPosts(posts=[_post(id, name, laid_out.get(id)) for id, name in post_names().items()])


def told_health() -> ToldHealths:
    """How all posts are that this HQ has enrolled."""
    layouts, crossed, now = Post.objects.in_bulk(), last_crossed(), node_time()
    return ToldHealths(
        posts=[
            _health(one, layouts.get(one.peer.id), crossed.get(one.peer.id), now)
            for one in post_health()
        ]
    )


def _post(id: UUID, name: str, layout: Post | None) -> ToldPost:
    return ToldPost(
        id=id,
        name=name,
        latitude=layout.latitude if layout else None,
        longitude=layout.longitude if layout else None,
        hours=layout.hours if layout else [],
    )


def _health(
    one: PostHealth, layout: Post | None, crossed: datetime | None, now: datetime
) -> ToldHealth:
    return ToldHealth(
        post=one.peer.id,
        last_contact=one.peer.last_contact,
        silent=silence_of(layout, one.peer.last_contact, now).hearing is Hearing.SILENT,
        reachable=one.peer.reachable,
        to_come=one.peer.to_come,
        received=one.received,
        quarantined=one.quarantined,
        stopped=bool(one.peer.stopped),
        clock_seconds=one.clock_seconds,
        last_crossing=crossed,
        lists=[_list(used) for used in one.lists],
    )


def _list(used: ReportedList) -> ToldList:
    return ToldList(
        code=used.code,
        dated=used.dated,
        age_days=used.age_days,
        stale=None if used.limit_days is None else used.stale,
        newest=used.newest,
    )
