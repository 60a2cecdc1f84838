"""The options of ``midas read seal`` and ``midas documents seal write``.

What the commands stand on is loaded when one of them runs: ``midas read mrz`` starts without it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from openmidas.documents.commands.languages import LANGUAGES, Language, in_language
from openmidas.documents.commands.parsing import day
from openmidas.documents.commands.seal_words import SEAL_COMMAND
from openmidas.documents.commands.statuses import HELP
from openmidas.documents.commands.trust_words import COMMAND as STORE
from openmidas.documents.commands.words import COMMAND

CODES = ("datamatrix", "qr", "aztec", "pdf417")


def add_read_seal(group: Any, language: Language) -> None:
    """Declare ``midas read seal``."""
    said = in_language(SEAL_COMMAND["seal"], language)
    ends = in_language(HELP["is_it_genuine"], language)
    command = group.add_parser("seal", help=said, description=said, epilog=ends)
    command.add_argument("file", nargs="+", help=in_language(SEAL_COMMAND["files"], language))
    for name in ("signer", "offered", "authority"):
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="FILE",
            help=in_language(SEAL_COMMAND[name], language),
        )
    command.add_argument(
        "--state-key",
        action="append",
        default=[],
        metavar="HEX",
        help=in_language(SEAL_COMMAND["state-key"], language),
    )
    command.add_argument("--store", type=Path, help=in_language(STORE["store"], language))
    command.add_argument("--json", action="store_true", help=in_language(COMMAND["json"], language))
    command.add_argument("--today", type=day, help=in_language(COMMAND["today"], language))
    _add_language(command, language)
    command.set_defaults(run=_read, needs_node=False)


def add_write_seal(group: Any, language: Language) -> None:
    """Declare ``midas documents seal write``."""
    said = in_language(SEAL_COMMAND["write"], language)
    command = group.add_parser("write", help=said, description=said)
    command.add_argument("file", help=in_language(SEAL_COMMAND["what"], language))
    for name in ("key", "certificate", "out"):
        command.add_argument(
            f"--{name}", required=True, help=in_language(SEAL_COMMAND[name], language)
        )
    command.add_argument(
        "--code", choices=CODES, default=CODES[0], help=in_language(SEAL_COMMAND["code"], language)
    )
    _add_language(command, language)
    command.set_defaults(run=_write, needs_node=False)


def _add_language(command: argparse.ArgumentParser, language: Language) -> None:
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(COMMAND["lang"], language)
    )


def _read(options: argparse.Namespace) -> int:
    from openmidas.documents.commands import seals

    return seals.read(options)


def _write(options: argparse.Namespace) -> int:
    from openmidas.documents.commands import seals

    return seals.write(options)
