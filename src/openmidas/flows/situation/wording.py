"""What the situation page says: a day against what is usual, how sure a hit is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.flows.situation.now import DayCount
from openmidas.flows.situation.usual import Against, Usual

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


def word_against(count: DayCount) -> SafeString:
    """How a number of today stands to what is usual for the weekday."""
    said = escape(str(_AGAINST[count.against])) % {"usual": _range(count.usual)}
    return mark_safe(said)  # noqa: S308  # our own sentence, with numbers


def _range(usual: Usual) -> SafeString:
    if usual.low == usual.high:
        return format_html("<bdi>{}</bdi>", usual.low)
    return format_html('<bdi dir="ltr">{}–{}</bdi>', usual.low, usual.high)
