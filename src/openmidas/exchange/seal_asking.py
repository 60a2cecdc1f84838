"""What people type and read at the terminal when a post is sealed or unsealed."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.sealed import Phrase, Token, read_token
from openmidas.nodes.sealing.tokens import MOST_BYTES, write_token


def names(given: Sequence[str], need: int) -> list[str]:
    """Who unseals: as given, else asked for."""
    return list(given) or [input(_("Officer: ")) for _number in range(need)]


def new_phrase(name: str) -> Phrase:
    """A new phrase, at a terminal typed twice. Raises `CommandFailed`."""
    phrase = ask(name)
    if sys.stdin.isatty() and ask(name, again=True).phrase != phrase.phrase:
        raise CommandFailed(_("The two are not the same."))
    return phrase


def ask(name: str, *, again: bool = False) -> Phrase:
    """From the keyboard, unseen; from what is piped in, one line for each officer."""
    if not sys.stdin.isatty():
        return Phrase(name, sys.stdin.readline().rstrip("\n"))
    said = _("Pass phrase of %(officer)s, again: ") if again else _("Pass phrase of %(officer)s: ")
    return Phrase(name, getpass.getpass(said % {"officer": name}))


def given_token(path: Path, home: NodeHome) -> Token:
    """The token in a file. Raises `CommandFailed`, `SealFailed`."""
    try:
        with path.open("rb") as file:
            return read_token(file.read(MOST_BYTES), home.config().id)
    except OSError as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": path, "reason": error.strerror}
        ) from error


def hand_out(token: Token, folder: Path) -> None:
    """Write a token to a stick and say where. Raises `CommandFailed`."""
    try:
        path = write_token(token, folder)
    except OSError as error:
        raise CommandFailed(
            _("Cannot write %(path)s: %(reason)s") % {"path": folder, "reason": error.strerror}
        ) from error
    say(_("The token is %(path)s. Keep it away from the machine.") % {"path": path})


def when(milliseconds: int) -> str:
    """A moment of this machine's clock, for people."""
    return moment(datetime.fromtimestamp(milliseconds / 1000, UTC))


def moment(when: datetime | None) -> str:
    """A moment for people, a dash where there is none."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when else "–"


def say(*sentences: str) -> None:
    """Print sentences as they are, each on a line."""
    console = Console()
    for sentence in sentences:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
