"""Answers as tables for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.documents.commands.languages import Both, Language, in_language

_HEADINGS: tuple[Both, ...] = (
    ("asked", "demande"),
    ("list", "liste"),
    ("listing", "signalement"),
    ("name", "nom"),
    ("class", "niveau"),
    ("score", "score"),
    ("why", "pourquoi"),
)
_NONE: Both = ("no hit", "aucune correspondance")


def show_hits(answers: Iterable[dict[str, Any]], language: Language) -> None:
    """One row a hit."""
    table = _table(_HEADINGS, language)
    for answer in answers:
        asked = _asked(answer)
        if "error" in answer:
            _row(table, asked, "", "", "", "", "", answer["error"])
        if "hits" in answer and not answer["hits"]:
            _row(table, asked, "", "", "", "", "", in_language(_NONE, language))
        for hit in answer.get("hits", []):
            said = hit["explanation"]["sentence"]
            _row(
                table, asked, hit["list"], hit["listing"], hit["name"], hit["class"],
                f"{hit['score']:.1f}", said,
            )  # fmt: skip
    Console().print(table)


def show_pairs(answers: Iterable[dict[str, Any]], language: Language) -> None:
    """One row a pair."""
    table = _table((_HEADINGS[0], *_HEADINGS[4:]), language)
    for number, answer in enumerate(answers, start=1):
        asked = str(answer.get("id") or number)
        if "error" in answer:
            _row(table, asked, "", "", answer["error"])
        if "score" in answer:
            said = answer["explanation"]["sentence"]
            _row(table, asked, answer["class"] or "–", f"{answer['score']:.1f}", said)
    Console().print(table)


def _table(headings: Iterable[Both], language: Language) -> Table:
    return Table(*(in_language(heading, language) for heading in headings))


def _row(table: Table, *cells: str) -> None:
    """Texts as they stand: what looks like markup in a name is no markup."""
    table.add_row(*(Text(str(cell)) for cell in cells))


def _asked(answer: dict[str, Any]) -> str:
    id = answer.get("id")
    return str(id) if id is not None else str(answer.get("line", ""))
