"""What a look-up asked for, in words: the log keeps it as the rooms write it, short and the same everywhere.

Who reads the log gets a link where the thing has a page that they may open.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmidas.nodes.identity import this_node
from openmidas.posts.access import access_of
from openmidas.posts.models import Lookup, Officer

_ID = r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_FILE = r"(?:without a check|[0-9a-f-]{36})"


class Asked(msgspec.Struct, frozen=True):
    """What was asked for. ``url``: its page; "" where the reader may open none."""

    words: str
    url: str = ""


class _Form(msgspec.Struct, frozen=True):
    """One way in which rooms write it. ``pages``: by name, the first that there is and may be opened."""

    written: re.Pattern[str]
    words: Promise
    pages: tuple[str, ...] = ()


def _form(written: str, words: Promise, *pages: str) -> _Form:
    return _Form(re.compile(written), words, pages)


_CROSSING = ("hq-crossing", "second-line-case")
_FORMS = (
    _form(
        rf"listing (?P<list>\S+) (?P<number>\S+), crossing {_ID}",
        _("The hit with listing %(number)s of list %(list)s, and its traveller"),
        *_CROSSING,
    ),
    _form(r"listing (?P<number>\S+)", _("Listing %(number)s")),
    _form(rf"earlier crossings, crossing {_ID}", _("Earlier crossings of a traveller"), *_CROSSING),
    _form(rf"crossing {_ID}", _("A crossing"), *_CROSSING),
    _form(rf"conveyance {_ID}.*", _("Who came with a conveyance"), "hq-conveyance"),
    _form(rf"referral {_ID}, sheet", _("The sheet of a referral"), "referral"),
    _form(rf"stay match {_ID}", _("Two crossings that may be one stay")),
    _form(r"border resident (?P<number>.+)", _("Crossings of border resident %(number)s")),
    _form(r"complaint (?P<number>\S+)", _("Complaint %(number)s")),
    _form(r"set aside: (?P<what>.+)", _("An entry that was set aside: %(what)s")),
    _form(rf"health {_FILE}", _("The health file of a traveller")),
    _form(
        rf"contacts {_FILE}, (?P<days>\d+) days, (?P<minutes>\d+) minutes",
        _("Contacts of a traveller with a health file (days: %(days)s, minutes: %(minutes)s)"),
    ),
    _form(
        rf"contacts {_FILE}, (?P<days>\d+) days, (?P<minutes>\d+) minutes, table",
        _("Table of the contacts of a traveller with a health file (days: %(days)s)"),
    ),
)


def asked_for(row: Lookup, reader: Officer) -> Asked:
    """What a look-up asked for, as this officer reads it."""
    text = visible(row.query)
    for form in _FORMS:
        if (found := form.written.fullmatch(text)) is not None:
            values = found.groupdict()
            words = str(form.words) % values
            return Asked(words, _page(form.pages, values.get("id") or "", row, reader))
    return Asked(text)


def visible(text: str) -> str:
    """The text with each sign that is not seen, or turns the line round, written as its number."""
    return "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in text)


def _page(pages: tuple[str, ...], id: str, row: Lookup, reader: Officer) -> str:
    node = this_node()
    if not node.is_hq and row.node != node.id:
        return ""
    return next(filter(None, (_open_to(reader, page, id) for page in pages)), "")


def _open_to(reader: Officer, page: str, id: str) -> str:
    try:
        url = reverse(page, args=[id])
    except NoReverseMatch:  # a page of a room above
        return ""
    view: Callable[..., object] = resolve(url).func
    rule = access_of(view)
    may = rule is not None and reader.has_role(*rule.roles) and rule.at in (None, this_node().kind)
    return url if may else ""
