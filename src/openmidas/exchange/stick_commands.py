"""``midas stick``: carrying journals where there is no link."""

from __future__ import annotations

import argparse
import errno
import os
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.exchange.stick_file import MOST_BYTES, StickRefused
from openmidas.exchange.stick_making import file_name, make_stick, peers_for_sticks
from openmidas.exchange.stick_wording import word_made, word_stick_refused, word_taken
from openmidas.exchange.sticks import Decision, take_stick
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.home import write_file
from openmidas.nodes.local import Peer


def register(commands: Commands) -> None:
    """Add ``midas stick``."""
    group = add_group(commands, "stick", _("carry journals on a stick, where there is no link"))
    make = add_command(group, "export", _export, _("write what the other side lacks to a file"))
    make.add_argument("to", type=Path, help=_("a folder, or the file itself (….stick)"))
    make.add_argument("--for", dest="peer", metavar=_("NODE"), help=_("for which post (at the HQ)"))
    take = add_command(group, "import", _import, _("take in a file that came on a stick"))
    take.add_argument("file", type=Path)
    take.add_argument(
        "--from-revoked",
        metavar=_("REASON"),
        help=_("also of a machine that is trusted no more; why, for the journal"),
    )


def _export(options: argparse.Namespace) -> None:
    # A folder that is not there is a stick that is not in: never a file of its name.
    there = options.to.parent.is_dir() and options.to.suffix == ".stick"
    if not options.to.is_dir() and not there:
        raise CommandFailed(
            _("Cannot write %(path)s: %(reason)s")
            % {"path": options.to, "reason": os.strerror(errno.ENOENT)}
        )
    peer = _peer(options.peer)
    made = make_stick(peer)
    path = options.to / file_name(peer, made.at) if options.to.is_dir() else options.to
    try:
        write_file(path, made.raw)
    except OSError as error:
        raise CommandFailed(
            _("Cannot write %(path)s: %(reason)s") % {"path": path, "reason": error.strerror}
        ) from error
    _say([str(path), *word_made(made)])


def _import(options: argparse.Namespace) -> int:
    try:
        with options.file.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        why = options.from_revoked
        taken = take_stick(raw, decision=None if why is None else Decision(AT_THE_TERMINAL, why))
    except OSError as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": options.file, "reason": error.strerror}
        ) from error
    except StickRefused as refused:
        raise CommandFailed(word_stick_refused(refused)) from refused
    _say(word_taken(taken))
    return 1 if taken.problem else 0


def _peer(name: str | None) -> Peer:
    known = peers_for_sticks()
    if name is None and len(known) == 1:
        return known[0]
    if name is None and known:
        names = ", ".join(peer.name for peer in known)
        raise CommandFailed(_("For which post? --for, one of: %(names)s") % {"names": names})
    found = [peer for peer in known if name in (peer.name, str(peer.id))]
    if len(found) != 1:
        raise CommandFailed(_("No node of this name is known here, or there are several."))
    return found[0]


def _say(sentences: list[str]) -> None:
    console = Console()
    for sentence in sentences:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
