"""What the templates of the situation page say of a post, of a number, of a hit."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from openmidas.flows.situation.now import DayCount
from openmidas.flows.situation.wording import LEVELS, word_against
from openmidas.posts.silence import Hearing, Silence

register = template.Library()


@register.filter
def against_usual(count: DayCount) -> SafeString:
    """How a number of today stands to what is usual."""
    return word_against(count)


@register.filter
def marker(found: Silence) -> str:
    """The shape of a post on the map, as path data around its middle: one for each state."""
    return MARKERS[found.hearing]


@register.filter
def level(code: str) -> str:
    """How sure a hit is; nothing where a newer post wrote another word."""
    return str(LEVELS.get(code, ""))


@register.filter
def lasting(span: timedelta) -> str:
    """A span in the largest unit that it fills: “3 hours”."""
    minutes = round(span.total_seconds() / 60)
    if minutes < 90:
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    hours = round(minutes / 60)
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


@register.simple_tag
def post_address(post: UUID) -> str:
    """The page of a post, where this version has one; else its crossings."""
    try:
        return reverse("hq-post", args=[post])
    except NoReverseMatch:
        return f"{reverse('hq-crossings')}?post={post}"


# From the middle of the post, so that they can follow one another in one path.
MARKERS: dict[Hearing, str] = {
    Hearing.FINE: "m0-14a14 14 0 1 0 0 28a14 14 0 1 0 0-28z",
    Hearing.CLOSED: "m-13-13h26v26h-26z",
    Hearing.SILENT: "m-9-22h18l13 13v18l-13 13h-18l-13-13v-18z",
    Hearing.NEVER: "m0-19l19 19l-19 19l-19-19z",
}
