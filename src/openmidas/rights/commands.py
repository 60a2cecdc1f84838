"""``midas notice``: the notice of rights, spoken."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.posts.refusals import Refused
from openmidas.rights import sounds
from openmidas.rights.wording import LANGUAGES, SPOKEN, refusal


def register(commands: Commands) -> None:
    """Add ``midas notice``."""
    group = add_group(commands, "notice", _("recordings of the notice of rights"))
    add_command(group, "list", _list, _("the languages, and which have a recording here"))
    take = add_command(group, "take", _take, _("take a file as the recording in a language"))
    take.add_argument("language", help=_("its code, as `midas notice list` shows it"))
    take.add_argument("file", type=Path, help=_("Ogg (Opus, Vorbis), MP3, M4A or WAV"))
    remove = add_command(group, "remove", _remove, _("take a recording away"))
    remove.add_argument("language", help=_("its code, as `midas notice list` shows it"))


def _list(options: argparse.Namespace) -> None:
    here = {sound.language: sound for sound in sounds.sounds()}
    table = Table()
    table.add_column(_("Code"), no_wrap=True)
    table.add_column(_("Language"))
    table.add_column(_("Written"))
    table.add_column(_("Recording"))
    for code, name in SPOKEN.items():
        sound = here.get(code)
        size = f"{sound.path.stat().st_size / 1024:.0f} KiB" if sound else ""
        spoken = f"{sound.path.name}, {size}" if sound else _("none")
        table.add_row(code, name, _("yes") if code in LANGUAGES else _("only spoken"), spoken)
    Console().print(table)


def _take(options: argparse.Namespace) -> None:
    try:
        sound = sounds.take(options.language, options.file)
    except Refused as refused:
        raise CommandFailed(refusal(refused)) from refused
    except OSError as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": options.file, "reason": error}
        ) from error
    said = _("Taken: %(language)s. Listen to it at the kiosk, to its end.")
    Console().print(said % {"language": SPOKEN[sound.language]})


def _remove(options: argparse.Namespace) -> None:
    try:
        sounds.remove(options.language)
    except Refused as refused:
        raise CommandFailed(refusal(refused)) from refused
    said = _("Removed: %(language)s. The kiosk offers it no more.")
    Console().print(said % {"language": SPOKEN[options.language]})
