"""How it stands with hearing of a post, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from openmidas.posts.silence import Hearing, Silence

ROUND_THE_CLOCK = timedelta(days=2)
"""Openings that follow one another for longer than this do not end."""

HEARINGS: dict[Hearing, Promise] = {
    Hearing.FINE: pgettext_lazy("post", "heard of"),
    Hearing.CLOSED: pgettext_lazy("post", "closed now"),
    Hearing.SILENT: pgettext_lazy("post", "silent"),
    Hearing.NEVER: pgettext_lazy("post", "never heard of"),
}


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
