"""The options of ``midas read chip`` for a chip on a reader; apart, so that other commands start at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from openmidas.documents.commands.chip_access_words import OPTIONS
from openmidas.documents.commands.languages import Language, in_language


def add_reader_options(command: Any, language: Language) -> None:
    """Declare what only reading from a reader takes."""
    for name, how in (
        ("reader", {"nargs": "?", "const": "", "metavar": "NAME"}),
        ("can", {"default": "", "metavar": "NUMBER"}),
        ("bac", {"action": "store_true"}),
        ("extended", {"action": "store_true"}),
        ("save", {"type": Path, "metavar": "FOLDER"}),
    ):
        command.add_argument(f"--{name}", help=in_language(OPTIONS[name], language), **how)


def misused(options: argparse.Namespace) -> str:
    """What is wrong with the options as a sentence; empty where nothing is."""
    if (options.folder is None) == (options.reader is None):
        return in_language(OPTIONS["one_source"], options.lang)
    if options.reader is not None and not (options.mrz or options.can):
        return in_language(OPTIONS["no_password"], options.lang)
    if options.save and options.save.exists() and any(options.save.iterdir()):
        return in_language(OPTIONS["not_empty"], options.lang).format(folder=options.save)
    return ""
