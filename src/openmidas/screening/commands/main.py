"""The command line of screening without a node. It loads no Django: it starts at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from openmidas.screening.commands.comparing import compare_command
from openmidas.screening.commands.running import run_command
from openmidas.screening.commands.sources import CommandFailed
from openmidas.screening.commands.words import LANGUAGES, Both, Language, in_language
from openmidas.screening.formats.registry import FORMATS

COMMANDS = ("run", "compare")

_RUN: Both = (
    "put questions to lists in files, without a node: one JSON object a line",
    "poser des questions à des listes en fichiers, sans nœud : un objet JSON par ligne",
)
_COMPARE: Both = (
    "compare pairs of persons, without a list: one JSON object a line",
    "comparer des paires de personnes, sans liste : un objet JSON par ligne",
)
_QUERIES: Both = (
    "the questions, JSON lines; - for standard input",
    "les questions, en lignes JSON ; - pour l’entrée standard",
)
_PAIRS: Both = (
    "the pairs, JSON lines; - for standard input",
    "les paires, en lignes JSON ; - pour l’entrée standard",
)
_LIST: Both = (
    "a list to ask, again for each further one; kinds: {kinds}",
    "une liste à interroger, à répéter pour chaque autre ; types : {kinds}",
)
_JSON: Both = ("answer in JSON, one line a question", "répondre en JSON, une ligne par question")
_LANG: Both = ("the language of the explanations", "la langue des explications")
_ENCODING: Both = (
    "the encoding of lists in text files that are not in UTF-8 (cp1252)",
    "l’encodage des listes en fichiers texte qui ne sont pas en UTF-8 (cp1252)",
)
_RUN_MORE = """\
{examples}
  midas screen run QUERIES.jsonl --list un:consolidated.xml --json
  midas screen run - --list ofac:sdn.csv alt.csv add.csv --list eu:export.xml.gz --lang fr

  {{"id": 1, "surname": "DIALLO", "given_names": "MAMADOU", "birth": "1974-08-12", "sex": "M",
   "nationality": "GIN", "number": "O0456789", "number_issuer": "GIN"}}
  {{"id": 2, "name": "Mamadou Diallo", "birth": "1974"}}
"""
_COMPARE_MORE = """\
{examples}
  midas screen compare PAIRS.jsonl --json

  {{"id": 1, "a": {{"name": "Mamadou Diallo", "birth": "1974"}},
   "b": {{"names": ["JALLOW Mamadu", "M. Jallow"], "birth": "1974-08-12"}}}}
"""
_EXAMPLES: Both = ("examples:", "exemples :")


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status: 0 done, 1 not possible, 2 not understood."""
    language = terminal_language()
    parser = argparse.ArgumentParser(prog="midas screen")
    add_commands(parser.add_subparsers(required=True, dest="screen_command"), language)
    options = parser.parse_args(list(arguments))
    try:
        return int(options.run(options))
    except CommandFailed as error:
        sys.stderr.write(f"midas: {error}\n")
        return 1
    except BrokenPipeError:  # who read the answers has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def add_commands(group: Any, language: Language) -> None:
    """Declare the commands below ``midas screen``."""
    command = _command(group, "run", _RUN, _RUN_MORE, language)
    command.add_argument(
        "queries", nargs="?", metavar="QUERIES.jsonl", help=in_language(_QUERIES, language)
    )
    lists = in_language(_LIST, language).format(kinds=", ".join(FORMATS))
    command.add_argument("--list", nargs="+", action="append", metavar="KIND:FILE", help=lists)
    command.add_argument("--encoding", default="", help=in_language(_ENCODING, language))
    _common(command, language)
    command.set_defaults(run=run_command)
    command = _command(group, "compare", _COMPARE, _COMPARE_MORE, language)
    command.add_argument("pairs", metavar="PAIRS.jsonl", help=in_language(_PAIRS, language))
    _common(command, language)
    command.set_defaults(run=compare_command)


def terminal_language() -> Language:
    """The language of the terminal where we speak it; French otherwise."""
    for name in ("OPENMIDAS_LANGUAGE", "LC_ALL", "LANG"):
        wanted = os.environ.get(name, "")[:2]
        if wanted:
            return "en" if wanted == "en" else "fr"
    return "fr"


def _command(
    group: Any, name: str, about: Both, more: str, language: Language
) -> argparse.ArgumentParser:
    said = in_language(about, language)
    parser: argparse.ArgumentParser = group.add_parser(
        name,
        help=said,
        description=said,
        epilog=more.format(examples=in_language(_EXAMPLES, language)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(needs_node=False)
    return parser


def _common(command: argparse.ArgumentParser, language: Language) -> None:
    command.add_argument("--json", action="store_true", help=in_language(_JSON, language))
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(_LANG, language)
    )
