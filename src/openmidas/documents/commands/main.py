"""The command line of reading without a node. It loads no Django: it starts at once."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
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
from openmidas.documents.commands.seal_options import add_read_seal, add_write_seal
from openmidas.documents.commands.statuses import DONE, FAILED, HELP
from openmidas.documents.commands.trust import add_trust_command
from openmidas.documents.commands.words import COMMAND
from openmidas.documents.mrz import read_mrz

COMMANDS = ("mrz", "image", "chip", "seal")
LONGEST_LINE = 4096
"""Bytes. No zone has as many; the rest of such a line is not kept."""
MOST_LINES = 100
"""Of what stands between two blank lines: more is no zone either."""


def main(arguments: Sequence[str]) -> int:
    """Run one command below ``midas read``; the exit status is one of `statuses`."""
    parser = argparse.ArgumentParser(prog="midas read")
    add_commands(parser.add_subparsers(required=True, dest="read_command"), terminal_language())
    return _run(parser, arguments)


def main_documents(arguments: Sequence[str]) -> int:
    """Run one command below ``midas documents``, as `main` does."""
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
        return 0
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
    command.add_argument(
        "--today", type=date.fromisoformat, help=in_language(COMMAND["today"], language)
    )
    return command


def add_document_commands(group: Any, language: Language) -> None:
    """Declare the commands below ``midas documents``, none of which needs a node."""
    add_trust_command(group, language)
    said = in_language(COMMAND["seals"], language)
    seals = group.add_parser("seal", help=said, description=said)
    add_write_seal(seals.add_subparsers(required=True, dest="seal_command"), language)


def zones(lines: Iterable[bytes]) -> Iterator[str]:
    """What stands between blank lines, each as one text; whatever its bytes are."""
    zone: list[str] = []
    for line in lines:
        text = line.decode("utf-8", "replace").strip("\ufeff").strip()
        if text:
            zone += [text] if len(zone) < MOST_LINES else []
        elif zone:
            yield "\n".join(zone)
            zone = []
    if zone:
        yield "\n".join(zone)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, those that are too long for any zone cut short."""
    while line := file.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        yield line


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
                why = in_language(COMMAND["no_file"], options.lang)
                sys.stderr.write(f"midas: {why.format(path=options.file, reason=error.strerror)}\n")
                return FAILED
        found = False
        for zone in zones(lines_of(file)):
            found = True
            reading = read_mrz(zone, today=today)
            if options.json:
                sys.stdout.buffer.write(as_line(reading, options.lang))
            else:
                sys.stdout.write(as_text(reading, options.lang) + "\n")
            sys.stdout.flush()
    if not found:
        sys.stderr.write(f"midas: {in_language(COMMAND['nothing_given'], options.lang)}\n")
        return FAILED
    return DONE
