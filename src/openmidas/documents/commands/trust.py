"""``midas documents trust``: whose certificates are trusted, without a node."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from openmidas.documents.commands.languages import (
    LANGUAGES,
    Language,
    in_language,
)
from openmidas.documents.commands.parsing import shown, why_not
from openmidas.documents.commands.trust_words import COMMAND, NOT_POSSIBLE, SAID
from openmidas.documents.commands.words import COMMAND as READ

if TYPE_CHECKING:
    from openmidas.documents.chip import Imported, TrustStore

HOME = ".midas/node"
"""The folder of a node where ``OPENMIDAS_HOME`` names none: the store lies in it, node or not."""
NODE = "node.toml"
"""What the folder of a node has, and of a program without one has not."""
_LISTS = (".ml", ".ldif")
_ENCODE = msgspec.json.Encoder().encode


def store_path(given: Path | None) -> Path:
    """Where the trusted certificates lie."""
    return given or Path(os.environ.get("OPENMIDAS_HOME") or HOME) / "trust.json"


def add_trust_command(group: Any, language: Language) -> None:
    """Declare ``midas documents trust``."""
    said = {name: in_language(both, language) for name, both in COMMAND.items()}
    command = group.add_parser("trust", help=said["trust"], description=said["trust"])
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=said["files"])
    command.add_argument("--json", action="store_true", help=said["json"])
    command.add_argument("--store", type=Path, help=said["store"])
    command.add_argument("--by", default=_account(), help=said["by"])
    command.add_argument("--root", action="append", default=[], help=said["root"])
    command.add_argument("--list", action="store_true", help=said["list"])
    command.add_argument("--approve", metavar="SHA256", help=said["approve"])
    command.add_argument("--remove", metavar="SHA256", help=said["remove"])
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(READ["lang"], language)
    )
    command.set_defaults(run=_run, needs_node=False)


def _account() -> str:
    """The name that the system has for who types; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _run(options: argparse.Namespace) -> int:
    from openmidas.documents.chip import NotPossible, Unreadable

    try:
        return _done(options)
    except NotPossible as error:
        said = in_language(NOT_POSSIBLE[error.code], options.lang)
    except Unreadable as error:
        from openmidas.documents.commands.chip_words import word_chip_finding

        said = word_chip_finding(error.finding("file", ""), options.lang)
    except OSError as error:
        why = in_language(READ["no_file"], options.lang)
        said = why.format(path=shown(str(error.filename)), reason=why_not(error, options.lang))
    sys.stderr.write(f"midas: {said}\n")
    return 1


def _done(options: argparse.Namespace) -> int:
    """One of the four things that can be asked. Raises `NotPossible`, `Unreadable` and `OSError`."""
    from openmidas.documents.chip import approve, load, remove, save

    path, at = store_path(options.store), datetime.now(UTC)
    if (path.parent / NODE).exists():
        sys.stderr.write(in_language(SAID["on_node"], options.lang) + "\n")
    store = load(path)
    if options.files:
        return _import(options, path, store, at)
    if options.approve:
        save(path, approve(store, options.approve, by=options.by, at=at))
        return _say(options, "approved")
    if options.remove:
        save(path, remove(store, options.remove, by=options.by, at=at))
        return _say(options, "removed")
    if options.list:
        return _list(options, store, at)
    sys.stderr.write(f"midas: {in_language(COMMAND['nothing'], options.lang)}\n")
    return 2


def _say(options: argparse.Namespace, what: str) -> int:
    if options.json:
        sys.stdout.buffer.write(_ENCODE({"done": what}) + b"\n")
    else:
        sys.stdout.write(in_language(SAID[what], options.lang) + "\n")
    return 0


def _import(options: argparse.Namespace, path: Path, store: TrustStore, at: datetime) -> int:
    """Take in file by file: one that cannot be read costs no other; lists before single certificates."""
    from openmidas.documents.chip import import_all_confined, save
    from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES
    from openmidas.documents.commands.trust_answers import (
        as_lines,
        counts,
        counts_as_text,
        is_whole,
    )

    files = []
    for each in options.files:
        with each.open("rb") as file:
            files.append((each.name, file.read(MOST_DOWNLOAD_BYTES + 1)))
    outcomes: list[Imported] = []
    for name, data in sorted(files, key=lambda one: not one[0].lower().endswith(_LISTS)):
        store, said = import_all_confined(
            store, name, data, by=options.by, at=at, roots=options.root
        )
        outcomes += said
    if any(outcome.accepted for outcome in outcomes):
        save(path, store)
    for line in as_lines(outcomes, options.lang, as_json=options.json):
        sys.stdout.write(line + "\n")
    if options.json:
        sys.stdout.buffer.flush()
        sys.stdout.write(_ENCODE(counts(store)).decode() + "\n")
    else:
        sys.stdout.write(counts_as_text(store, options.lang) + "\n")
    return 0 if is_whole(outcomes) else 1


def _list(options: argparse.Namespace, store: TrustStore, at: datetime) -> int:
    from openmidas.documents.commands.trust_answers import (
        counts_as_text,
        entry_as_answer,
        revocations,
        revocations_as_answer,
        revocations_as_text,
        signer_as_answer,
        signer_as_text,
    )

    for entry in sorted(store.entries, key=lambda one: (one.country, one.not_after)):
        said = entry_as_answer(store, entry)
        if options.json:
            sys.stdout.write(_ENCODE(said).decode() + "\n")
        else:
            state = in_language(SAID[said["state"]], options.lang)
            name = f"{entry.fingerprint[:16]}  {entry.not_after:%Y-%m-%d}  {entry.subject}"
            sys.stdout.write(shown(f"{name}  {state} ({said['by']})") + "\n")
    for signer in store.signers:
        if options.json:
            sys.stdout.write(_ENCODE(signer_as_answer(store, signer)).decode() + "\n")
        else:
            sys.stdout.write(signer_as_text(store, signer, options.lang) + "\n")
    for found in revocations(store):
        stale = found.until < at
        if options.json:
            sys.stdout.write(_ENCODE(revocations_as_answer(found, stale)).decode() + "\n")
        else:
            sys.stdout.write(revocations_as_text(found, stale, options.lang) + "\n")
    if not options.json:
        sys.stdout.write(counts_as_text(store, options.lang) + "\n")
    return 0
