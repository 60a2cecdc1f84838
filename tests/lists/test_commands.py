"""`midas lists`: what it says on the terminal, in French and in English."""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.utils import translation
from rich.console import Console

from openmidas.lists import commands
from openmidas.lists import report as reports
from openmidas.lists.commands import show_command, show_kinds
from openmidas.lists.import_commands import import_command
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.models import ListEdition
from openmidas.nodes.commanding import CommandFailed
from tests.lists.conftest import REAL, SMALL, MakeList

pytestmark = pytest.mark.usefixtures("hq")


def said(do: Callable[[Console], None], language: str = "en") -> str:
    """What a command prints on a wide terminal."""
    console = Console(file=StringIO(), width=200)
    with translation.override(language):
        do(console)
    return console.file.getvalue()  # type: ignore[attr-defined]  # given above


def refused(path: Path, **options: bool) -> str:
    with translation.override("en"), pytest.raises(CommandFailed) as failed:
        import_command("un", [path], Console(file=StringIO()), **options)
    return str(failed.value)


def test_tells_what_came_of_the_real_list() -> None:
    report = said(lambda console: import_command("un", [REAL], console, limit_days=9))
    assert "730 persons, 273 entities. Stale after 9 days." in report
    assert "15 pieces of the list were not understood" in report
    assert "former Soviet Union" in report
    again = said(lambda console: import_command("un", [REAL], console), "fr")
    assert "déjà en service. Rien ne change." in again
    assert "former Soviet Union" not in again


def test_markup_in_a_list_is_shown_as_it_stands(un_list: MakeList) -> None:
    path = un_list(change=("Republic of Nowhere", "[red]Nowhere[/red]"))
    assert "[red]Nowhere[/red]" in said(lambda console: import_command("un", [path], console))


def test_long_reports_name_the_first_of_each_sort(
    un_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "EXAMPLES", 1)
    report = said(lambda console: import_command("un", [un_list()], console))
    assert re.search(r"unknown field\s+│ 2 ", report)
    assert "green" in report
    assert "Pirogue I" not in report
    assert "--report FILE" in report


def test_a_file_has_everything_that_was_not_understood(un_list: MakeList, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    formula = un_list(change=("green", "=1+1"))
    said(lambda console: import_command("un", [formula], console, report=path))
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["listing", "field", "what is the matter", "text"]
    assert ["1002", "EYE_COLOUR", "unknown field", "'=1+1"] in rows
    assert len(rows) == 12


def test_shows_the_lists_with_their_age(un_list: MakeList) -> None:
    assert "Ce nœud n’a aucune liste" in said(show_command, "fr")
    import_command("un", [un_list()], Console(file=StringIO()), limit_days=1)
    shown = said(show_command)
    assert "2026-01-15" in shown
    assert "stale" in shown
    assert "périmée" in said(show_command, "fr")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nowhere.xml", "There is no file “"),
        (".", "is a folder, not a file."),
        ("page.html", "begins with “html”"),
        ("cut.xml", "ends in the middle"),
    ],
)
def test_says_in_one_sentence_why_not(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html/>")
    (tmp_path / "cut.xml").write_bytes(SMALL.read_bytes()[:500])
    sentence = refused(tmp_path / name)
    assert text in sentence
    assert "\n" not in sentence
    assert not ListEdition.objects.exists()


def test_names_the_way_to_take_an_older_one(un_list: MakeList) -> None:
    import_command("un", [un_list("2026-02-02")], Console(file=StringIO()))
    assert "--accept-older" in refused(un_list())
    import_command("un", [un_list()], Console(file=StringIO()), accept_older=True)


def test_the_command_line_is_understood(un_list: MakeList) -> None:
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())
    path = un_list()
    asked = ["lists", "import", "un", str(path), "--limit-days", "5", "--accept-older"]
    options = parser.parse_args(asked)
    options.run(options)
    assert ListEdition.objects.get().limit_days == 5
    assert parser.parse_args(["lists"]).run is not options.run


def test_names_the_kinds_and_their_files() -> None:
    shown = said(show_kinds)
    for kind in ("un", "ofac", "eu", "uk", "ftm", "national", "lost"):
        assert kind in shown
    assert "sdn.csv" in shown


def test_a_states_own_list_is_no_edition_by_itself(tmp_path: Path) -> None:
    table = tmp_path / "police.csv"
    table.write_text("Référence;Nom;Prénoms;Né le;Couleur\nP1;KONÉ;Awa;1974;rouge\n", "utf-8")
    with pytest.raises(CommandFailed, match=r"two officers|deux agents"):
        import_command("national", [table], Console(file=StringIO()))
    assert not ListEdition.objects.exists()


def command(*arguments: str, language: str = "en") -> None:
    parser = argparse.ArgumentParser()
    with translation.override(language):
        commands.register(parser.add_subparsers())
        options = parser.parse_args(["lists", "import", *arguments])
        options.run(options)


def test_a_states_own_file_is_read_and_what_to_do_with_it_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table, wrong = tmp_path / "police.csv", tmp_path / "wrong.csv"
    table.write_text("Référence;Nom;Né le\nP1;KONÉ Awa;bientôt\n", "utf-8")
    with pytest.raises(CommandFailed, match="Propose from a file"):
        command("own", str(table), "--report", str(wrong))
    assert "1 listing was understood." in capfd.readouterr().out
    assert "bientôt" in wrong.read_text("utf-8-sig")
    table.write_bytes(table.read_text("utf-8").encode("cp1252"))
    with pytest.raises(CommandFailed, match="--encoding cp1252"):
        command("national", str(table))


def test_lost_documents_are_imported_by_the_same_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "stolen.csv"
    text = "Numéro;Type;Pays émetteur;Motif\nA1234567;P;Guinée;volé\n"
    table.write_bytes(text.encode("cp1252"))
    with pytest.raises(CommandFailed, match="--encoding cp1252"):
        command("lost", str(table))
    command("lost", str(table), "--encoding", "cp1252")
    assert "1 document" in capfd.readouterr().out
    assert LostEdition.objects.get().documents == 1


def test_another_kind_is_told_those_that_there_are() -> None:
    with pytest.raises(CommandFailed, match=r"“swiss”.*un, ofac, eu, uk, ftm, national, lost"):
        command("swiss", "list.xml")


def test_the_template_is_never_written_over_a_list(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())
    path = tmp_path / "ours.xlsx"
    options = parser.parse_args(["lists", "template", str(path), "--lang", "en"])
    options.run(options)
    assert path.read_bytes().startswith(b"PK")
    with pytest.raises(CommandFailed, match=r"ours\.xlsx"):
        options.run(options)
