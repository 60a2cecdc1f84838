"""The command line of reading without a node. It loads no Django: it starts at once."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from openmidas.documents.commands.answers import as_line, as_text
from openmidas.documents.commands.chip import add_chip_command
from openmidas.documents.commands.languages import (
    LANGUAGES,
    Language,
    in_language,
    terminal_language,
)
from openmidas.documents.commands.parsing import day, shown, speak, why_not
from openmidas.documents.commands.seal_options import add_read_seal, add_write_seal
from openmidas.documents.commands.statuses import DONE, FAILED, HELP
from openmidas.documents.commands.trust import add_trust_command
from openmidas.documents.commands.words import COMMAND
from openmidas.documents.commands.zone_text import lines_of, read_zone, zones

COMMANDS = ("mrz", "image", "chip", "seal")


def main(arguments: Sequence[str]) -> int:
    """Run one command below ``midas read``; the exit status is one of `statuses`."""
    speak(terminal_language())
    parser = argparse.ArgumentParser(prog="midas read")
    add_commands(parser.add_subparsers(required=True, dest="read_command"), terminal_language())
    return _run(parser, arguments)


def main_documents(arguments: Sequence[str]) -> int:
    """Run one command below ``midas documents``, as `main` does."""
    speak(terminal_language())
    parser = argparse.ArgumentParser(prog="midas documents")
    group = parser.add_subparsers(required=True, dest="documents_command")
    add_document_commands(group, terminal_language())
    return _run(parser, arguments)


def _run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    options = parser.parse_args(list(arguments))
    try:
        return int(options.run(options))
    except BrokenPipeError:  # who read the answers has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # What is left unread was not found genuine.
        return FAILED if getattr(options, "read_command", "") in ("chip", "seal") else DONE
    except KeyboardInterrupt:
        return 130


def add_commands(group: Any, language: Language) -> None:
    """Declare the commands below ``midas read``."""
    file = {"nargs": "?", "default": "-"}
    _add(group, "mrz", language, "file", file).set_defaults(run=_read, needs_node=False)
    files = {"nargs": "+", "metavar": "FILE"}
    _add(group, "image", language, "files", files).set_defaults(run=_read_images, needs_node=False)
    add_chip_command(group, language)
    add_read_seal(group, language)


def _add(
    group: Any, name: str, language: Language, argument: str, how: dict[str, Any]
) -> argparse.ArgumentParser:
    """A command with its argument and the options that all of them have."""
    said = in_language(COMMAND[name], language)
    ends = in_language(HELP["what_stands_there"], language)
    command: argparse.ArgumentParser = group.add_parser(
        name, help=said, description=said, epilog=ends
    )
    command.add_argument(argument, help=in_language(COMMAND[argument], language), **how)
    command.add_argument("--json", action="store_true", help=in_language(COMMAND["json"], language))
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(COMMAND["lang"], language)
    )
    command.add_argument("--today", type=day, help=in_language(COMMAND["today"], language))
    return command


def add_document_commands(group: Any, language: Language) -> None:
    """Declare the commands below ``midas documents``, none of which needs a node."""
    add_trust_command(group, language)
    said = in_language(COMMAND["seals"], language)
    seals = group.add_parser("seal", help=said, description=said)
    add_write_seal(seals.add_subparsers(required=True, dest="seal_command"), language)


def _read_images(options: argparse.Namespace) -> int:
    # What looks at pictures is not loaded for those who have none.
    from openmidas.documents.commands.images import read_images

    return read_images(options)


def _read(options: argparse.Namespace) -> int:
    today = options.today or date.today()  # noqa: DTZ011  the day here, where no node is
    with contextlib.ExitStack() as stack:
        if options.file == "-":
            file: BinaryIO = sys.stdin.buffer
        else:
            try:
                file = stack.enter_context(Path(options.file).open("rb"))
            except OSError as error:
                reason = why_not(error, options.lang)
                why = in_language(COMMAND["no_file"], options.lang)
                said = why.format(path=shown(options.file), reason=reason)
                sys.stderr.write(f"midas: {said}\n")
                return FAILED
        found = False
        for zone in zones(lines_of(file)):
            found = True
            reading = read_zone(zone, today=today)
            if options.json:
                sys.stdout.buffer.write(as_line(reading, options.lang))
            else:
                sys.stdout.write(as_text(reading, options.lang) + "\n")
            sys.stdout.flush()
    if not found:
        sys.stderr.write(f"midas: {in_language(COMMAND['nothing_given'], options.lang)}\n")
        return FAILED
    return DONE
