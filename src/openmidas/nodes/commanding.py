"""What the rooms' sub-commands share: how they are declared, and how they fail."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openmidas.journal import Actor

ABOUT = _("A border post or headquarters.")
COMMANDS = _("commands")
COMMAND = _("COMMAND")

AT_THE_TERMINAL = Actor(role="administrator")
"""Who has the machine itself administers it; the journal knows no officer's name for that."""

Commands = Any  # argparse keeps the type of add_subparsers() to itself
Run = Callable[[argparse.Namespace], int | None]


class CommandFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A command cannot do what was asked; the text tells the user why, in their language."""


def word_missing(folder: Path) -> str:
    """There is no node in this folder: what to do about it."""
    return _("No node in %(folder)s. Make one with `midas init`, or set OPENMIDAS_HOME.") % {
        "folder": folder
    }


def add_command(
    commands: Commands, name: str, run: Run, help: str, *, needs_node: bool = True
) -> argparse.ArgumentParser:
    """Declare a sub-command; its arguments are added to what is returned."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.set_defaults(run=run, needs_node=needs_node)
    return parser


def add_group(commands: Commands, name: str, help: str) -> Commands:
    """Declare a command that has sub-commands of its own."""
    parser = commands.add_parser(name, help=help, description=help)
    return parser.add_subparsers(metavar=str(COMMAND), dest=f"{name}_command", required=True)


@contextmanager
def progress_bar(text: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; call what is given with the number of steps done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(text, total=total)
        yield lambda steps: progress.advance(task, steps)
