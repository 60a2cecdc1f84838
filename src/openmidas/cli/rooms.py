"""The commands that need Django, put together from the rooms."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from openmidas import __version__
from openmidas.documents.commands.languages import terminal_language
from openmidas.documents.commands.parsing import speak
from openmidas.nodes.commanding import ABOUT, COMMAND, COMMANDS, CommandFailed, word_missing
from openmidas.nodes.home import NodeMissing, NodeUnreadable, this_home
from openmidas.nodes.refusals import Refused
from openmidas.nodes.sealing.sealed import SealFailed

ROOMS = (
    *("nodes", "web", "exchange", "posts", "issuers", "lists", "crossings", "incidents"),
    *("flows", "rights", "installation"),
)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit status: 0 done, 1 not possible, 2 not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, NodeUnreadable) as error:
        sys.stderr.write(f"midas: {error}\n")
        return 1
    language = terminal_language()
    translation.activate(language)
    speak(language)
    parser = build_parser()
    options = parser.parse_args(list(arguments))
    if options.needs_node and not this_home().exists:
        sys.stderr.write(f"{word_missing(this_home().folder)}\n")
        return 1
    try:
        return int(options.run(options) or 0)
    except NodeMissing as error:
        sys.stderr.write(f"{word_missing(error.folder)}\n")
        return 1
    except Refused as refused:
        from openmidas.posts.wording import word  # once Django is set up

        sys.stderr.write(f"{word(refused)}\n")
        return 1
    except SealFailed as failed:
        from openmidas.nodes.sealing.wording import word_seal

        sys.stderr.write(f"{word_seal(failed)}\n")
        return 1
    except CommandFailed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, put together from the rooms."""
    parser = argparse.ArgumentParser(prog="midas", description=str(ABOUT))
    parser.add_argument("--version", action="version", version=f"OpenMIDAS {__version__}")
    parser.set_defaults(needs_node=True)
    commands = parser.add_subparsers(
        title=str(COMMANDS), metavar=str(COMMAND), dest="command", required=True
    )
    for room in ROOMS:
        import_module(f"openmidas.{room}.commands").register(commands)
    return parser
