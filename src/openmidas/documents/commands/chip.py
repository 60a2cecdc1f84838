"""``midas read chip``: the files of a chip, from a folder or a reader, checked without a node."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from openmidas.documents.commands.chip_reader_options import add_reader_options, misused
from openmidas.documents.commands.languages import LANGUAGES, Language, in_language
from openmidas.documents.commands.parsing import day, shown, why_not
from openmidas.documents.commands.statuses import (
    DONE,
    FAILED,
    HELP,
    INVALID,
    MISUSED,
    of_outcome,
    worst,
)
from openmidas.documents.commands.trust_words import COMMAND
from openmidas.documents.commands.words import COMMAND as READ

if TYPE_CHECKING:
    from openmidas.documents.chip import ChipReading

_AGAINST = frozenset({"zone_differs", "card_access_differs"})
"""What is found beside the signatures, and speaks against the chip or its document all the same."""


def add_chip_command(group: Any, language: Language) -> None:
    """Declare ``midas read chip``."""
    said = in_language(COMMAND["chip"], language)
    ends = in_language(HELP["is_it_genuine"], language)
    command = group.add_parser("chip", help=said, description=said, epilog=ends)
    command.add_argument(
        "folder", type=Path, nargs="?", help=in_language(COMMAND["folder"], language)
    )
    command.add_argument("--json", action="store_true", help=in_language(READ["json"], language))
    command.add_argument("--store", type=Path, help=in_language(COMMAND["store"], language))
    command.add_argument("--mrz", default="", help=in_language(COMMAND["printed"], language))
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(READ["lang"], language)
    )
    command.add_argument("--today", type=day, help=in_language(READ["today"], language))
    add_reader_options(command, language)
    command.set_defaults(run=_read, needs_node=False)


def _read(options: argparse.Namespace) -> int:
    from openmidas.documents.chip import Unreadable, read_chip_confined
    from openmidas.documents.commands.chip_answers import chip_as_answer, chip_as_text, with_access
    from openmidas.documents.commands.chip_reader import files_from_reader, save_files
    from openmidas.documents.commands.chip_words import word_chip_finding
    from openmidas.documents.commands.trust import store_path
    from openmidas.documents.mrz import read_mrz

    at = datetime.combine(options.today, time(12), UTC) if options.today else datetime.now(UTC)
    printed = read_mrz(options.mrz, today=at.date()) if options.mrz else None
    try:
        wrong = misused(options)
        if wrong:
            sys.stderr.write(f"midas: {wrong}\n")
            return MISUSED
        opens = options.folder is None and not options.can  # then opening refuses what is no zone
        if printed and printed.format is None and not opens:
            sys.stderr.write(f"midas: {in_language(COMMAND['printed_no_zone'], options.lang)}\n")
            return FAILED
        found = files_from_reader(options, printed) if options.folder is None else None
        files = found.files if found else _files(options.folder)
        if options.save:
            save_files(options.save, files)
        proofs = found.proofs if found else None
        reading = read_chip_confined(
            files, store_path(options.store), at=at, printed=printed, proofs=proofs
        )
    except OSError as error:
        why = in_language(READ["no_file"], options.lang)
        path = shown(str(error.filename or options.folder))
        sys.stderr.write(f"midas: {why.format(path=path, reason=why_not(error, options.lang))}\n")
        return FAILED
    except Unreadable as error:
        finding = error.finding("file", "")
        sys.stderr.write(f"midas: {word_chip_finding(finding, options.lang)}\n")
        return FAILED
    if not files and found is None:
        sys.stderr.write(f"midas: {in_language(COMMAND['no_chip'], options.lang)}\n")
        return FAILED
    if found:
        reading = with_access(reading, found)
    if options.json:
        answer = chip_as_answer(reading, options.lang, found)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    else:
        sys.stdout.write(chip_as_text(reading, options.lang, found) + "\n")
    return _status(reading)


def _status(reading: ChipReading) -> int:
    against = reading.originality == "failed" or any(
        one.code in _AGAINST for one in reading.findings
    )
    said = reading.authentication
    known = said.step("revocation").outcome == "passed"
    return worst([of_outcome(said.outcome, revocation_known=known), INVALID if against else DONE])


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a chip in a folder; what is larger than any chip is cut, and then is no such file."""
    from openmidas.documents.chip import file_name
    from openmidas.documents.chip.tlv import MOST_BYTES

    found: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        name = file_name(path.name)
        if name is not None and name not in found and path.is_file():
            with path.open("rb") as file:
                found[name] = file.read(MOST_BYTES + 1)
    return found
