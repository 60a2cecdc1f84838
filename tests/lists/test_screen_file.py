"""`midas screen file`: the travellers of a file against the lists of this node."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from openmidas.journal import Actor
from openmidas.lists import commands
from openmidas.lists.in_use import LISTS
from openmidas.lists.national.categories import Action
from openmidas.lists.national.publishing import publish
from openmidas.lists.services import import_un
from openmidas.nodes.commanding import CommandFailed
from openmidas.posts.models import Lookup
from openmidas.posts.passwords import set_password
from openmidas.posts.refusals import Refused
from tests.conftest import HQ, POST
from tests.lists.conftest import SMALL
from tests.support.cast import Cast, at_node
from tests.support.national import Desk

pytestmark = pytest.mark.usefixtures("hq")

PASSWORD = "kora-balafon-djembe"


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


class TestTheStatesOwnLists:
    """What the terminal is shown of them is what the lane is; an officer sees what they may."""

    @pytest.fixture
    def bus(self, tmp_path: Path) -> Path:
        path = tmp_path / "bus.csv"
        path.write_text("Nom;Prénoms;Né le\nSANGARE;SOULEYMANE;1974-03-12\n", "utf-8")
        return path

    @pytest.fixture
    def desk(self, cast: Cast) -> Iterator[Desk]:
        """At the HQ, a list that its owners published: one person who is referred."""
        with at_node(HQ):
            desk = Desk(cast)
            desk.listed()
            publish(desk.fanta, desk.list)
            LISTS.forget()
            set_password(desk.mariam_officer.id, PASSWORD)
            set_password(cast.djibril.id, PASSWORD)
            set_password(cast.boubacar.id, PASSWORD)
            yield desk

    def shown(
        self, path: Path, read: pytest.CaptureFixture[bytes], *more: str
    ) -> list[dict[str, Any]]:
        screen(path, "--output", "json", *more)
        out = read.readouterr().out.splitlines()
        hits: list[dict[str, Any]] = json.loads(out[1])["hits"]
        return hits

    def test_the_terminal_is_shown_a_code_and_nobody(
        self, desk: Desk, bus: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        (hit,) = self.shown(bus, capfdbinary)
        assert hit == {
            "code": "12",
            "class": "strong",
            "explanation": {"sentence": "Second line, code 12"},
        }
        screen(bus)
        assert "SOULEYMANE" not in capfdbinary.readouterr().out.decode()

    def test_two_with_one_code_are_told_once_and_a_discreet_note_not_at_all(
        self, desk: Desk, bus: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        desk.listed(told="again")
        desk.listed(discreet=True, action=Action.INFORM)
        publish(desk.fanta, desk.list)
        LISTS.forget()
        assert [hit["code"] for hit in self.shown(bus, capfdbinary)] == ["12"]

    def test_an_owner_by_password_is_shown_all_and_written_down(
        self,
        desk: Desk,
        bus: Path,
        capfdbinary: pytest.CaptureFixture[bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        (hit,) = self.shown(bus, capfdbinary, "--officer", "mariam", "--purpose", "lists")
        assert (hit["listing"], hit["instruction"]) == (
            "MLI-000001", "Armed: call the gendarmerie",
        )  # fmt: skip
        row = Lookup.objects.latest("at")
        assert (row.officer, row.results) == (desk.mariam_officer.id, 1)

    def test_whom_the_list_does_not_name_is_shown_the_code(
        self,
        desk: Desk,
        cast: Cast,
        bus: Path,
        capfdbinary: pytest.CaptureFixture[bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        (hit,) = self.shown(bus, capfdbinary, "--officer", cast.djibril.username)
        assert "listing" not in hit

    def test_at_a_post_the_second_line_sees_what_it_may(
        self,
        desk: Desk,
        cast: Cast,
        bus: Path,
        capfdbinary: pytest.CaptureFixture[bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        desk.listed(discreet=True, action=Action.INFORM)
        publish(desk.fanta, desk.list)
        with at_node(POST):
            LISTS.forget()
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
            hits = self.shown(bus, capfdbinary, "--officer", cast.boubacar.username)
        assert [(hit["listing"], hit["code"]) for hit in hits] == [("MLI-000001", "12")]

    def test_a_wrong_password_shows_nothing(
        self, desk: Desk, bus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("guess\n"))
        with pytest.raises(CommandFailed, match="do not fit together"):
            screen(bus, "--officer", "mariam")
        assert not Lookup.objects.exists()
