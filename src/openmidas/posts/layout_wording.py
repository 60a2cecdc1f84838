"""A post's layout and its changes, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.posts.layouts import LayoutStep
from openmidas.posts.wording import DAY_NAMES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIELD_NAMES: dict[str, _StrPromise] = {
    "name": gettext_lazy("Name"),
    "lanes": gettext_lazy("Lanes"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "hours": gettext_lazy("Opening hours"),
    "minutes_same_document": gettext_lazy("The same document again"),
    "silent_minutes": gettext_lazy("Silence that is reported"),
}


class WordedChange(msgspec.Struct, frozen=True):
    """One field: its name, what was, and what is now; ``before`` empty where it was first said."""

    field: str
    before: str
    after: str


def worded_changes(step: LayoutStep) -> list[WordedChange]:
    """What one configuring changed, in the language of the page."""
    return [
        WordedChange(
            str(FIELD_NAMES[field]),
            ""
            if before is None and field not in ("latitude", "longitude")
            else _said(field, before),
            _said(field, after),
        )
        for field, before, after in step.changes
        if (before, after) != (None, None)
    ]


def word_hours(hours: Sequence[str]) -> str:
    """Opening hours in one line; days with the same hours stand together: "Monday – Friday: …"."""
    if not hours:
        return _("day and night")
    runs: list[tuple[int, int]] = []
    for day, text in enumerate(hours):
        if runs and hours[runs[-1][0]] == text:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    said = ({"days": _days(*run), "hours": _day(hours[run[0]])} for run in runs)
    return "; ".join(_("%(days)s: %(hours)s") % one for one in said)


def _days(first: int, last: int) -> str:
    one, other = str(DAY_NAMES[first]), str(DAY_NAMES[last])
    return one if first == last else f"{one} – {other}"


def _day(text: str) -> str:
    return text.replace(",", ", ").replace("-", " – ") or _("closed")


def _said(field: str, value: Any) -> str:
    if value is None:
        return "–"
    match field:
        case "lanes":
            return ", ".join(value) or "–"
        case "hours":
            return word_hours(value)
        case "minutes_same_document" | "silent_minutes":
            return ngettext("%(minutes)s minute", "%(minutes)s minutes", value) % {"minutes": value}
    return str(value)
