"""What the situation page says: a day against what is usual, a silent post, how sure a hit is."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from openmidas.flows.situation.now import DayCount
from openmidas.flows.situation.silence import Hearing, Silence
from openmidas.flows.situation.usual import Against, Usual

ROUND_THE_CLOCK = timedelta(days=2)
"""Openings that follow one another for longer than this do not end."""

_AGAINST: dict[Against, Promise] = {
    Against.NOT_KNOWN: _("not enough days yet"),
    Against.SO_FAR: _("so far; usual %(usual)s"),
    Against.FEWER: _("fewer than the usual %(usual)s"),
    Against.WITHIN: _("within the usual %(usual)s"),
    Against.MORE: _("more than the usual %(usual)s"),
}
LEVELS: dict[str, Promise] = {
    "strong": pgettext_lazy("hit", "strong"),
    "possible": pgettext_lazy("hit", "possible"),
    "weak": pgettext_lazy("hit", "weak"),
}
HEARINGS: dict[Hearing, Promise] = {
    Hearing.FINE: pgettext_lazy("post", "heard of"),
    Hearing.CLOSED: pgettext_lazy("post", "closed now"),
    Hearing.SILENT: pgettext_lazy("post", "silent"),
    Hearing.NEVER: pgettext_lazy("post", "never heard of"),
}


def word_against(count: DayCount) -> SafeString:
    """How a number of today stands to what is usual for the weekday."""
    said = escape(str(_AGAINST[count.against])) % {"usual": _range(count.usual)}
    return mark_safe(said)  # noqa: S308  # our own sentence, with numbers


def word_expected(found: Silence) -> str:
    """When a post should be open, for who asks why it is called silent."""
    if found.opening is not None:
        if found.opening.end - found.opening.start > ROUND_THE_CLOCK:
            return gettext("It should be open around the clock.")
        until = {"time": date_format(found.opening.end, "H:i")}
        return gettext("It should be open now, until %(time)s.") % until
    if found.opens is not None:
        opens = {"time": date_format(found.opens, "Y-m-d H:i")}
        return gettext("It is closed now and should open at %(time)s.") % opens
    return gettext("It has no hours of opening.")


def _range(usual: Usual) -> SafeString:
    if usual.low == usual.high:
        return format_html("<bdi>{}</bdi>", usual.low)
    return format_html('<bdi dir="ltr">{}–{}</bdi>', usual.low, usual.high)
