"""``midas flows``: proving the counts of the headquarters, and making them anew."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from openmidas.crossings.overview import post_names
from openmidas.flows.checking import Checked, check, months_to_check, recount, steps
from openmidas.flows.models import EVERYWHERE
from openmidas.flows.recounting import Difference
from openmidas.flows.stays.counts import Key as PresenceKey
from openmidas.flows.stays.proving import PresenceDifference
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group, progress_bar
from openmidas.nodes.identity import this_node


def register(commands: Commands) -> None:
    """Add ``midas flows``."""
    group = add_group(commands, "flows", _("the counts of the headquarters"))
    add_command(group, "check", _check, _("hold every count against the crossings"))
    add_command(group, "recount", _recount, _("make the counts anew where they differ"))


def _check(options: argparse.Namespace) -> int:
    _at_headquarters()
    return _told(_checked())


def _recount(options: argparse.Namespace) -> int:
    _at_headquarters()
    months = months_to_check()
    with progress_bar(_("Counting"), steps(len(months))) as advance:
        wrong = recount(months, advance)
    said = ngettext(
        "The counts of %(months)s month were made anew.",
        "The counts of %(months)s months were made anew.",
        len(wrong),
    )
    Console().print(said % {"months": len(wrong)})
    # What the page says of the counts must be true of the new ones.
    return _told(_checked())


def _checked() -> Checked:
    months = months_to_check()
    with progress_bar(_("Checking"), steps(len(months))) as advance:
        return check(months, advance)


def _told(checked: Checked) -> int:
    about = {
        "months": checked.months,
        "crossings": checked.crossings,
        "differences": checked.differences,
    }
    if not checked.differences:
        said = _("%(crossings)s crossings in %(months)s months: all counts agree.")
        Console().print(said % about)
        return 0
    names = post_names()
    table = Table(
        _("Post"), _("Count"), _("From"), _("Direction"), _("Decision"), _("Value"),
        _("Tallied"), _("Crossings"),
    )  # fmt: skip
    for one in checked.examples:
        post = one.key.post
        where = _("all posts") if post == EVERYWHERE else names.get(post, str(post))
        table.add_row(where, *_columns(one), str(one.tallied), str(one.counted))
    Console().print(table)
    said = ngettext(
        "%(differences)s count differs. To make it anew: midas flows recount",
        "%(differences)s counts differ. To make them anew: midas flows recount",
        checked.differences,
    )
    Console().print(said % about)
    return 1


def _columns(one: Difference | PresenceDifference) -> tuple[str, ...]:
    """What is counted, from when, and of whom."""
    key = one.key
    if isinstance(key, PresenceKey):
        day = key.day.isoformat() if key.day else ""
        return f"presence {key.what}", day, "", "", f"{key.nationality} {key.limit}".strip()
    kind = f"{key.span} {key.facet}".strip()
    value = " ".join(filter(None, (key.value, key.other)))
    return kind, key.start.isoformat(), key.direction, key.status, value


def _at_headquarters() -> None:
    if not this_node().is_hq:
        raise CommandFailed(_("Only a headquarters counts."))
