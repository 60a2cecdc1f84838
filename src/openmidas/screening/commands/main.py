"""The command line of screening without a node. It loads no Django: it starts at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from openmidas.documents.commands.languages import (
    LANGUAGES,
    Both,
    Language,
    in_language,
    terminal_language,
)
from openmidas.screening.commands.comparing import compare_command
from openmidas.screening.commands.running import run_command
from openmidas.screening.commands.sources import KINDS, CommandFailed

COMMANDS = ("run", "compare")
_MOST_PROCESSES = 64

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
_BRIEF: Both = (
    "with --json: score, class and probability alone, without explanation; faster",
    "avec --json : score, niveau et probabilité seuls, sans explication ; plus vite",
)
_PROCESSES: Both = (
    "how many processes answer a long file together (one for each processor)",
    "combien de processus répondent ensemble à un long fichier (un par processeur)",
)
_KINDS: Both = (
    """\
kinds of list, each plain or gzipped:
  un:consolidated.xml           United Nations, XML
  ofac:sdn_advanced.xml         OFAC, advanced XML; or ofac:sdn.xml, the first XML format; or the
  ofac:sdn.csv alt.csv add.csv  CSV files, together behind one ofac: and in any order (sdn_comments.csv too)
  eu:export.xml                 European Union, XML of schema 1.1
  uk:ConList.csv                United Kingdom, OFSI consolidated list, CSV
  ftm:entities.ftm.json         OpenSanctions, FollowTheMoney as JSON lines (targets.nested.json too),
  ftm:targets.simple.csv        or its simple table
  national:police.xlsx          a State’s own table, CSV or XLSX (midas lists template)
  lost:stolen.csv               lost and stolen documents: number, type, issuer, date, reason
Text files are read as UTF-8, or UTF-16 with its mark; any other encoding must be named: --encoding cp1252.
A document on a lost list is found by number and number_issuer; by its number alone, weak and ambiguous.
""",
    """\
types de liste, chacune telle quelle ou compressée par gzip :
  un:consolidated.xml           Nations Unies, XML
  ofac:sdn_advanced.xml         OFAC, XML avancé ; ou ofac:sdn.xml, le premier format XML ; ou les
  ofac:sdn.csv alt.csv add.csv  fichiers CSV, ensemble derrière un seul ofac:, dans n’importe quel ordre
  eu:export.xml                 Union européenne, XML du schéma 1.1
  uk:ConList.csv                Royaume-Uni, liste consolidée de l’OFSI, CSV
  ftm:entities.ftm.json         OpenSanctions, FollowTheMoney en lignes JSON (aussi targets.nested.json),
  ftm:targets.simple.csv        ou son tableau simple
  national:police.xlsx          le tableau d’un État, CSV ou XLSX (midas lists template)
  lost:stolen.csv               documents perdus et volés : numéro, type, émetteur, date, motif
Les fichiers texte sont lus en UTF-8, ou en UTF-16 avec sa marque ; tout autre encodage s’indique :
--encoding cp1252. Un document d’une liste lost se trouve par number et number_issuer ; par le numéro
seul, la réponse est faible et ambiguë.
""",
)
_RUN_MORE = """\
{examples}
  midas screen run QUERIES.jsonl --list un:consolidated.xml --json
  midas screen run - --list ofac:sdn.csv alt.csv add.csv --list eu:export.xml.gz --lang fr

  {{"id": 1, "surname": "DIALLO", "given_names": "MAMADOU", "birth": "1974-08-12", "sex": "M",
   "nationality": "GIN", "number": "O0456789", "number_issuer": "GIN"}}
  {{"id": 2, "name": "Mamadou Diallo", "birth": "1974"}}

{kinds}"""
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
    lists = in_language(_LIST, language).format(kinds=", ".join(KINDS))
    command.add_argument("--list", nargs="+", action="append", metavar="KIND:FILE", help=lists)
    command.add_argument("--encoding", default="", help=in_language(_ENCODING, language))
    _common(command, language)
    command.set_defaults(run=run_command)
    command = _command(group, "compare", _COMPARE, _COMPARE_MORE, language)
    command.add_argument("pairs", metavar="PAIRS.jsonl", help=in_language(_PAIRS, language))
    _common(command, language)
    brief = in_language(_BRIEF, language)
    command.add_argument("--brief", action="store_true", help=brief)
    command.set_defaults(run=compare_command)


def _command(
    group: Any, name: str, about: Both, more: str, language: Language
) -> argparse.ArgumentParser:
    said = in_language(about, language)
    parser: argparse.ArgumentParser = group.add_parser(
        name,
        help=said,
        description=said,
        epilog=more.format(
            examples=in_language(_EXAMPLES, language), kinds=in_language(_KINDS, language)
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(needs_node=False)
    return parser


def _common(command: argparse.ArgumentParser, language: Language) -> None:
    said = in_language(_PROCESSES, language)
    command.add_argument("--processes", type=_count, metavar="N", help=said)
    command.add_argument("--json", action="store_true", help=in_language(_JSON, language))
    command.add_argument(
        "--lang", choices=LANGUAGES, default=language, help=in_language(_LANG, language)
    )


def _count(text: str) -> int:
    """A number of processes. Raises ValueError, which argparse tells."""
    if not 1 <= int(text) <= _MOST_PROCESSES:
        raise ValueError(text)
    return int(text)
