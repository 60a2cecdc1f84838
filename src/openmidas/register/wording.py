"""The codes of this room in words: duties, grounds, who ordered, figures, outages, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.models import Status
from openmidas.incidents.wording import refusal as refusal_of_incidents
from openmidas.posts.refusals import Refused
from openmidas.register.entries import Duty, Ground, OrderedBy
from openmidas.register.outages import Cause

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DUTIES: Mapping[str, _StrPromise] = {
    Duty.IN_CHARGE: pgettext_lazy("duty", "In charge of the shift"),
    Duty.LANE: pgettext_lazy("duty", "Lane"),
    Duty.SECOND_LINE: pgettext_lazy("duty", "Second line"),
    Duty.SUPPORT: pgettext_lazy("duty", "Support: barrier, search, post"),
}
GROUNDS: Mapping[str, _StrPromise] = {
    Ground.CROWD: pgettext_lazy("relaxation", "More travellers than can be checked"),
    Ground.EMERGENCY: pgettext_lazy("relaxation", "Danger to life"),
    Ground.WEATHER: pgettext_lazy("relaxation", "Heat, storm or flood"),
    Ground.TECHNICAL: pgettext_lazy("relaxation", "Machines fail"),
    Ground.OTHER: pgettext_lazy("relaxation", "Another reason, said below"),
}
ORDERED_BY: Mapping[str, _StrPromise] = {
    OrderedBy.IN_CHARGE: pgettext_lazy("ordered by", "Who is in charge of the shift"),
    OrderedBy.HEAD_OF_POST: pgettext_lazy("ordered by", "Head of post"),
    OrderedBy.HEADQUARTERS: pgettext_lazy("ordered by", "Headquarters"),
    OrderedBy.AUTHORITY: pgettext_lazy("ordered by", "Another authority of the State"),
}
CAUSES: Mapping[str, _StrPromise] = {
    Cause.POWER: pgettext_lazy("outage", "The machine was off or stood still"),
    Cause.LINK: pgettext_lazy("outage", "No link to headquarters"),
}
STATUSES: Mapping[str, _StrPromise] = {
    Status.ADMITTED: pgettext_lazy("of a shift", "let cross"),
    Status.REFERRED: pgettext_lazy("of a shift", "at the second line still"),
    Status.REFUSED: pgettext_lazy("of a shift", "refused"),
    Status.HANDED_OVER: pgettext_lazy("of a shift", "handed over to another service"),
}
_REFUSALS: Mapping[str, _StrPromise] = {
    "shift.none": _("No shift is open at this post. Open one first."),
    "shift.unknown": _("There is no such shift at this post."),
    "shift.open_already": _(
        "A shift is open already. It hands over, or is closed, before the next."
    ),
    "shift.ended": _(
        "This shift has ended already. Look at which shift is on duty now before you send this again."
    ),
    "shift.saved_already": _(
        "This was saved already, with something else in it. Look at it before you send this as well."
    ),
    "shift.without_team": _("Say who is on duty: at least one officer."),
    "shift.one_in_charge": _("One officer of the team is in charge, and one only."),
    "shift.officer_unknown": _("An officer whom you chose does not work here any more."),
    "shift.in_future": _("That has not been yet: look at day and time again."),
    "shift.too_long_ago": _("Only the last %(hours)s hours can be written down now."),
    "shift.overlaps": _("The shift before had not ended by then."),
    "shift.ends_first": _("The shift would end before it began."),
    "shift.something_later": _(
        "Something was written down, or somebody crossed, at %(at)s: the shift ended after that."
    ),
    "shift.not_yours": _(
        "Who is in charge ends the shift, or the head of post, or the second line; everybody where it "
        "is open for more than a day."
    ),
    "shift.not_in_charge": _("That is for who is in charge of the shift, or the head of post."),
    "shift.words_missing": _("Say it in words, with %(least)s characters or more."),
    "relaxation.unknown": _("No such relaxation was written down at this post."),
    "occurrence.unknown": _("The line that you correct does not stand in the book."),
}


def word_code(code: str) -> _StrPromise:
    """What is said for a code of this room that bears nothing to fill in."""
    return _REFUSALS[code]


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_incidents(refused) if sentence is None else str(sentence) % refused.params


def word(words: Mapping[str, _StrPromise], code: str) -> str:
    """The word for a code; the code itself where a newer node wrote it."""
    return str(words.get(code, code))


def word_number(number: int) -> str:
    """A number as people read it, as plain text: `localize` marks it safe for pages, and sheets are none."""
    return "".join(localize(number))


def word_minutes(minutes: int) -> str:
    """How long something lasted: "2 h 05 min", "40 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(_("%(minutes)s min")) % {"minutes": rest}
    return str(_("%(hours)s h %(minutes)s min")) % {
        "hours": word_number(hours),
        "minutes": f"{rest:02}",
    }
