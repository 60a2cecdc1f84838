"""``midas screen file``: the travellers of a file, put to the lists that this node screens with."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.documents.commands.languages import Language
from openmidas.lists.in_use import EditionInUse, Snapshot, lists_now
from openmidas.lists.screen_showing import Reader
from openmidas.lists.wording import word_age, word_error, word_title
from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.posts.lookups import Purpose, made
from openmidas.screening import ListError, ListFile
from openmidas.screening.batches import Traveller, read_batch
from openmidas.screening.commands import add_commands
from openmidas.screening.commands.answers import as_line, beside
from openmidas.screening.commands.running import surest
from openmidas.screening.commands.words import explain_error
from openmidas.screening.formats.cells import harmless

Answer = dict[str, Any]


def register(commands: Commands) -> None:
    """Add ``midas screen``: one file with a node; questions and pairs without (see `screening`)."""
    about = _("check travellers against lists")
    parser = commands.add_parser("screen", help=about, description=about)
    group = parser.add_subparsers(metavar=_("COMMAND"), dest="screen_command", required=True)
    add_commands(group, _language())
    asked = _("check the travellers of a file against the lists that this node holds")
    command = add_command(group, "file", _screen, asked)
    path = _("travellers as JSON lines, CSV, XLSX, or as a manifest (UN/EDIFACT PAXLST)")
    command.add_argument("file", type=Path, metavar=_("FILE"), help=path)
    form = _("how to answer: a table for people, json lines, csv")
    command.add_argument("--output", choices=["table", "json", "csv"], default="table", help=form)
    encoding = _("of a text file that is not in UTF-8: cp1252")
    command.add_argument("--encoding", default="", help=encoding)
    purpose = _("why these persons are looked up; it is written down")
    command.add_argument(
        "--purpose", choices=list(Purpose), default=Purpose.CROSSING_CHECK, help=purpose
    )
    reason = _("in words, where the purpose is “other”")
    command.add_argument("--reason", default="", help=reason)
    officer = _(
        "the officer who reads the answers, by password; nobody: of the State’s own lists, codes alone"
    )
    command.add_argument("--officer", default="", metavar=_("USERNAME"), help=officer)


def screen_file(
    path: Path,
    snapshot: Snapshot,
    purpose: Purpose,
    reason: str,
    encoding: str = "",
    reader: Reader | None = None,
) -> list[Answer]:
    """An answer for each traveller of a file. The look-up is on disk before they are given.

    ``reader``: who sees them, the terminal if None; of the State's own lists it is shown codes alone.

    Raises `ListError` and `OSError` where the file cannot be read, `Refused` without a reason.
    """
    batch = read_batch(ListFile.at(path), encoding)
    language = _language()
    reader = reader or Reader()
    answers = [_answer(traveller, snapshot, reader, language) for traveller in batch.travellers]
    hits = sum(len(answer.get("hits", ())) for answer in answers)
    query = f"{path.name}: {len(answers)}"
    made(reader.actor, purpose, reason, query, hits)
    problems = [{"line": 0, "error": f"{one.field}: {one.text}"} for one in batch.problems]
    return [*problems, *answers]


def _screen(options: argparse.Namespace) -> None:
    snapshot = lists_now()
    if not snapshot.editions:
        raise CommandFailed(_("This node holds no list: travellers are compared with nothing."))
    try:
        answers = screen_file(
            options.file,
            snapshot,
            Purpose(options.purpose),
            options.reason,
            options.encoding,
            Reader.signed_in(options.officer),
        )
    except (ListError, OSError) as error:
        raise CommandFailed(word_error(error, options.file, "national")) from error
    if options.output == "json":
        editions = [_edition(edition) for edition in snapshot.editions]
        sys.stdout.buffer.write(as_line({"editions": editions}))
        for answer in answers:
            sys.stdout.buffer.write(as_line(answer))
    elif options.output == "csv":
        _write_csv(answers, snapshot.editions)
    else:
        _show(answers, snapshot.editions, Console())


def _answer(traveller: Traveller, snapshot: Snapshot, reader: Reader, language: Language) -> Answer:
    answer: Answer = {"id": traveller.id, "line": traveller.line}
    if traveller.person is None:
        wrong = traveller.wrong
        return answer | {"error": explain_error(wrong, language) if wrong else ""}
    hits = [hit for query in traveller.person.queries() for hit in snapshot.screen(query)]
    told = reader.answers(surest(hits), language)
    return answer | {"hits": told} | beside([("", traveller.person)], language)


def _edition(edition: EditionInUse) -> Answer:
    return {
        "list": edition.list_code,
        "title": edition.title,
        "dated": edition.dated.isoformat(),
        "age_days": edition.age_days,
        "stale": edition.stale,
    }


def _editions(editions: Sequence[EditionInUse]) -> Iterator[str]:
    """Each list that was asked, with its age; a stale one says so."""
    for edition in editions:
        age = word_age(edition)
        stale = f" – {_('STALE')}" if edition.stale else ""
        yield f"{word_title(edition.list_code, edition.title)}, {edition.dated}: {age}{stale}"


def _rows(answers: Sequence[Answer]) -> Iterator[tuple[str, ...]]:
    """One row a hit, one for each traveller without any."""
    for answer in answers:
        id, line = str(answer.get("id", "")), str(answer["line"])
        for hit in answer.get("hits", ()):
            said = hit["explanation"]["sentence"]
            score = f"{hit['score']:.1f}" if "score" in hit else ""
            told = (hit.get(name, "") for name in ("list", "listing", "name"))
            yield line, id, hit["class"], *told, score, said
        if "error" in answer:
            yield line, id, "", "", "", "", "", answer["error"]
        elif not answer.get("hits"):
            yield line, id, "", "", "", "", "", _("no hit in these editions")


def _headings() -> tuple[str, ...]:
    return (
        *(_("line"), _("traveller"), _("class"), _("list"), _("listing")),
        *(_("name"), _("score"), _("why")),
    )


def _show(answers: Sequence[Answer], editions: Sequence[EditionInUse], console: Console) -> None:
    for edition in _editions(editions):
        console.print(Text(edition))
    table = Table(*_headings())
    for row in _rows(answers):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _write_csv(answers: Sequence[Answer], editions: Sequence[EditionInUse]) -> None:
    writer = csv.writer(sys.stdout)
    for edition in _editions(editions):
        writer.writerow(("#", edition))
    writer.writerow(_headings())
    for row in _rows(answers):
        writer.writerow(tuple(harmless(cell) for cell in row))


def _language() -> Language:
    return "en" if get_language() == "en" else "fr"
