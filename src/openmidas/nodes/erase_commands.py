"""``midas journal erase`` and ``midas journal erased``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from openmidas.journal.local import ErasureUnderWay
from openmidas.journal.models import Journal
from openmidas.nodes.choosing import ways
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    progress_bar,
)
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import (
    EntryPlace,
    NotErasable,
    find_entry,
    follow_erasures,
    followers,
    order_erasure,
)
from openmidas.nodes.erasing_wording import REASONS, STANDINGS, word_not_erasable, word_reason
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import Erasure
from openmidas.nodes.names import node_names
from openmidas.nodes.room import found_full

YES = ("yes", "oui")
SHOWN = 20


def add_to(group: Commands) -> None:
    """Add the commands to ``midas journal``."""
    erase = add_command(
        group,
        "erase",
        _erase,
        _("at the headquarters: erase what entries say, at every node, for good"),
    )
    erase.add_argument(
        "--place",
        nargs=3,
        action="append",
        default=[],
        metavar=(_("NODE"), _("EPOCH"), _("ENTRY")),
        help=_("one entry: the node that wrote it (name or number), its epoch, its number"),
    )
    for way in ways():
        way.declare(erase)
    erase.add_argument(
        "--reason",
        required=True,
        choices=[reason.value for reason in ErasureReason],
        help="; ".join(f"{reason.value}: {words}" for reason, words in REASONS.items()),
    )
    erase.add_argument("--yes", action="store_true", help=_("do not ask before it is done"))
    erased = add_command(
        group, "erased", _erased, _("what was erased, and which nodes still have to follow")
    )
    erased.add_argument(
        "--now",
        action="store_true",
        help=_("carry out here at once what is left to do; nobody can write meanwhile"),
    )


def _erase(options: argparse.Namespace) -> None:
    try:
        places = _chosen(options)
        _show(places)
        if not options.yes:
            _ask()
        with _told_when_full(_("Nothing was erased: the disk is full. Make room, and try again.")):
            orders = order_erasure(places, ErasureReason(options.reason), actor=AT_THE_TERMINAL)
    except NotErasable as error:
        raise CommandFailed(word_not_erasable(error)) from error
    said = ngettext(
        "%(number)s entry was erased from the journals here.",
        "%(number)s entries were erased from the journals here.",
        len(places),
    )
    _print(said % {"number": len(places)})
    _tell_left()
    for erasure in Erasure.objects.filter(id__in=orders).order_by("epoch", "sequence"):
        _tell_followers(erasure)


def _chosen(options: argparse.Namespace) -> list[EntryPlace]:
    """The places that were asked for. Raises `NotErasable`, `CommandFailed`."""
    if not this_node().is_hq:
        raise NotErasable("not_hq")
    found = [_place(*words) for words in options.place]
    for way in ways():
        found += way.choose(options)
    if not found:
        raise CommandFailed(_("What is to be erased? Name a place, a crossing or a document."))
    return sorted(set(found))


def _place(node: str, epoch: str, sequence: str) -> EntryPlace:
    named = {id for id, name in node_names().items() if node in (name, str(id))}
    known = {one for one in Journal.objects.values_list("node", flat=True) if str(one) == node}
    if len(named | known) != 1:
        raise CommandFailed(_("No node of this name is known here, or there are several."))
    if not (epoch.isdecimal() and sequence.isdecimal()):
        raise CommandFailed(_("Epoch and entry are numbers."))
    return EntryPlace((named | known).pop(), int(epoch), int(sequence))


def _show(places: list[EntryPlace]) -> None:
    names = node_names()
    counts: Counter[tuple[UUID, str]] = Counter(
        (place.node, find_entry(place).kind) for place in places
    )
    table = Table(_("Journal"), _("Kind"), _("Journal entries"))
    for (node, kind), number in sorted(counts.items()):
        table.add_row(names.get(node, str(node)), kind, str(number))
    Console().print(table)


def _ask() -> None:
    """Raises `CommandFailed` unless somebody at the keyboard says yes."""
    _print(
        _("This cannot be undone. Copies in backups stay until they age out. Type “yes” to go on:")
    )
    if sys.stdin.readline().strip().lower() not in YES:
        raise CommandFailed(_("Nothing was erased."))


def _erased(options: argparse.Namespace) -> None:
    if options.now:
        total = sum(Journal.objects.values_list("sequence", flat=True))
        said = _(
            "The disk is too full to make tables and files anew. The journals say nothing of it any"
            " more; the rest follows by itself once there is room."
        )
        with _told_when_full(said), progress_bar(_("Rebuilding"), total) as advance:
            follow_erasures(advance, wait=False)
    names = node_names()
    table = Table(
        _("When"), _("Epoch"), _("Journal entry"), _("Places"), _("Reason"), _("By"), _("Here")
    )
    shown = list(Erasure.objects.order_by("-epoch", "-sequence")[:SHOWN])
    left = set(ErasureUnderWay.objects.values_list("id", flat=True))
    for erasure in shown:
        table.add_row(
            f"{erasure.at:%Y-%m-%d %H:%M}",
            str(erasure.epoch),
            str(erasure.sequence),
            str(erasure.places),
            word_reason(erasure.reason),
            f"{names.get(erasure.node, erasure.node)}, {erasure.officer or erasure.role}",
            _("under way") if erasure.id in left else _("done"),
        )
    Console().print(table)
    _tell_left()
    if this_node().is_hq:
        for erasure in shown:
            _tell_followers(erasure)


@contextmanager
def _told_when_full(said: str) -> Iterator[None]:
    """Raises `CommandFailed` with these words where the database, or a file beside it, finds no room."""
    try:
        yield
    except (OperationalError, OSError) as error:
        if not found_full(error):
            raise
        raise CommandFailed(said) from error


def _tell_left() -> None:
    """What of this node still holds something that was erased."""
    if ErasureUnderWay.objects.filter(tables_follow=False).exists():
        _print(
            _(
                "Tables and pages still show it: they are made again by the worker. At once, and with a"
                " pause for everybody: midas journal erased --now"
            )
        )
    elif ErasureUnderWay.objects.exists():
        _print(
            _(
                "Free parts of the database's files may still hold it: they are written anew when"
                " nobody works here, within a day."
            )
        )


def _tell_followers(erasure: Erasure) -> None:
    for post in followers(erasure):
        _print(f"{erasure.sequence}: {post.name}: {STANDINGS[post.standing]}")


def _print(text: str) -> None:
    Console().print(text, markup=False, highlight=False, soft_wrap=True)
