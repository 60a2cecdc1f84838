"""`midas lists lost`: what it says on the terminal."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.utils import translation
from rich.console import Console

from openmidas.lists.lost import commands
from openmidas.nodes.commanding import CommandFailed
from tests.conftest import POST
from tests.support.cast import at_node
from tests.support.lost import LIST, MakeCsv, publish_text

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = pytest.mark.usefixtures("hq", "no_files")


def said(do: Callable[[Console], None], language: str = "en") -> str:
    console = Console(file=StringIO(), width=200)
    with translation.override(language):
        do(console)
    return console.file.getvalue()  # type: ignore[attr-defined]  # given above


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())
    return parser.parse_args(["lost", *arguments])


def test_build_tells_what_was_made_what_could_not_be_read_and_what_to_do(
    csv_of: MakeCsv, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    asked = options("build", str(csv_of(LIST)), "--wrong", str(wrong), "--dated", "2026-11-20")
    told = said(lambda console: commands.build_command(asked, console))
    assert "Edition of 2026-11-20: 2 documents" in told
    assert "1 row could not be read and is left out." in told
    assert "no number that identifies a document" in told
    assert "Carry this file to the posts" in told.replace("\n", " ")
    with wrong.open(encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["4", "number", "unreadable_number", "XX,P,MLI,,"]]


def test_apply_and_fold_tell_what_came_of_it(csv_of: MakeCsv) -> None:
    publish_text(csv_of(LIST))
    asked = options("apply", str(csv_of("number,type,issuer\nB1234567,P,MLI\n")))
    told = said(lambda console: commands.apply_command(asked, console), "fr")
    assert "Ajoutés\u00a0: 1. Retirés\u00a0: 0." in told
    told = said(lambda console: commands.build_command(options("build", "--fold"), console))
    assert "3 documents" in told


def test_import_and_show(csv_of: MakeCsv) -> None:
    told = said(commands.show_lost)
    assert "midas lists lost build FILE" in told
    published = publish_text(csv_of(LIST))
    with at_node(POST):
        assert "not here: carry it by stick" in said(commands.show_lost)
        told = said(lambda console: commands.import_command(published.path, console))
        assert "2 documents: in use from now on." in told
        assert "not here" not in said(commands.show_lost)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 and so on", "another kind of file"),
        (b"OMLOST\x01\x00 cut", "ends in the middle"),
        (b"OMLOST\x07\x00" + b"x" * 50, "of version 7"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "x.lost"
    path.write_bytes(content)
    with translation.override("en"), pytest.raises(CommandFailed) as failed:
        commands.import_command(path, Console(file=StringIO()))
    assert sentence in str(failed.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(CommandFailed) as failed:
        commands.import_command(tmp_path / "none.lost", Console(file=StringIO()))
    assert "There is no file" in str(failed.value)


def test_build_wants_either_files_or_fold() -> None:
    with pytest.raises(CommandFailed):
        commands.build_command(options("build"), Console(file=StringIO()))
