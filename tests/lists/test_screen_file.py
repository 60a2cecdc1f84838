"""`midas screen file`: the travellers of a file against the lists of this node."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import pytest
from django.utils import translation

from openmidas.journal import Actor
from openmidas.lists import commands
from openmidas.lists.in_use import LISTS
from openmidas.lists.services import import_un
from openmidas.nodes.commanding import CommandFailed
from openmidas.posts.models import Lookup
from openmidas.posts.refusals import Refused
from tests.lists.conftest import SMALL

pytestmark = pytest.mark.usefixtures("hq")


@pytest.fixture
def travellers(tmp_path: Path) -> Path:
    path = tmp_path / "bus.csv"
    path.write_text(
        "Nom;Prénoms;Né le\nSAGNON;BOUREIMA N'GUESSAN;1976\nKONÉ;AWA;1980\n;;1990\n", "utf-8"
    )
    return path


@pytest.fixture
def listed(hq: None) -> None:
    """The small list, long out of date."""
    import_un(SMALL, actor=Actor(), limit_days=1)
    LISTS.forget()


def screen(path: Path, *more: str) -> None:
    parser = argparse.ArgumentParser()
    with translation.override("en"):
        commands.register(parser.add_subparsers())
        options = parser.parse_args(["screen", "file", str(path), *more])
        options.run(options)


@pytest.mark.usefixtures("listed")
def test_json_names_the_editions_with_their_age_first(
    travellers: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    screen(travellers, "--output", "json")
    head, hit, none, wrong = (json.loads(x) for x in capfdbinary.readouterr().out.splitlines())
    (edition,) = head["editions"]
    assert (edition["list"], edition["dated"], edition["stale"]) == ("un", "2026-01-15", True)
    assert edition["age_days"] > 1
    assert [one["listing"] for one in hit["hits"]] == ["TSi.001"]
    assert hit["hits"][0]["class"] == "strong"
    assert none["hits"] == []
    assert (wrong["line"], "error" in wrong) == (4, True)


@pytest.mark.usefixtures("listed")
def test_a_table_and_csv_say_stale_in_so_many_words(
    travellers: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    screen(travellers)
    assert "STALE" in capfd.readouterr().out
    screen(travellers, "--output", "csv")
    rows = list(csv.reader(capfd.readouterr().out.splitlines()))
    assert rows[0][1].endswith("STALE")
    assert rows[1][2] == "class"
    assert rows[2][2:5] == ["strong", "un", "TSi.001"]
    assert rows[3][-1] == "no hit in these editions"
    assert len(rows) == 5


@pytest.mark.usefixtures("listed")
def test_the_look_up_is_written_down(travellers: Path) -> None:
    screen(travellers, "--output", "json", "--purpose", "case")
    row = Lookup.objects.get()
    assert (row.purpose, row.query, row.results) == ("case", "bus.csv: 3", 1)
    with pytest.raises(Refused, match="reason_missing"):
        screen(travellers, "--purpose", "other")


def test_without_a_list_nothing_is_said_to_be_clear(travellers: Path) -> None:
    LISTS.forget()
    with pytest.raises(CommandFailed, match="compared with nothing"):
        screen(travellers)


@pytest.mark.usefixtures("listed")
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandFailed, match="names a person"):
        screen(path)
