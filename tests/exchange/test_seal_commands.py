"""``midas seal`` and ``midas unseal``: what is typed at a post, and what comes of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from openmidas.cli import main
from openmidas.exchange import seal_commands
from openmidas.nodes.home import NodeHome
from openmidas.nodes.local import Peer
from openmidas.nodes.sealing.memory import read_key
from openmidas.nodes.sealing.noting import read_notes
from openmidas.nodes.sealing.sealed import SEALED, Holder, Phrase, read_sealed
from openmidas.nodes.sealing.standing import standing
from tests.exchange.test_unsealing import KeepsShares
from tests.support.sealing import (
    AWA,
    CHEAP,
    ISSA,
    TRAVELLER,
    memory_folder_for,
    post_with_traveller,
    travellers,
)

Midas = Callable[..., str]
FATOU = Phrase("Fatou Diarra", "sept calebasses rouges")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeHome]:
    """A post with a database of its own, which is not sealed; phrases that cost no time."""
    memory = memory_folder_for(monkeypatch)
    next(memory)
    home = post_with_traveller(tmp_path / "post")
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    monkeypatch.setattr("openmidas.nodes.sealing.wrapping.Cost", lambda: CHEAP)
    # The connections of this process are those of the tests.
    monkeypatch.setattr(seal_commands, "_close_connections", lambda: None)
    yield home
    next(memory, None)


@pytest.fixture
def midas(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Midas:
    """Runs a command with these phrases typed; what it said."""

    def run(*command: str, typed: tuple[Phrase, ...] = (), status: int = 0) -> str:
        lines = "".join(f"{each.phrase}\n" for each in typed)
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        came = main(list(command))
        said = capsys.readouterr()
        assert came == status, said.err
        return " ".join(f"{said.out} {said.err}".split())

    return run


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def token(home: NodeHome, midas: Midas, stick: Path) -> Path:
    """The post is sealed for Awa and Issa, and open; its token."""
    said = midas(
        *("seal", "on", "--officer", AWA.officer, "--officer", ISSA.officer),
        *("--without-hq", "--token", str(stick)),
        typed=(AWA, ISSA),
    )
    assert "This post is sealed, and open until the power goes" in said
    (made,) = stick.iterdir()
    return made


def open_with(midas: Midas, phrase: Phrase, token: Path, status: int = 0) -> str:
    command = ("unseal", "--officer", phrase.officer, "--token", str(token))
    return midas(*command, typed=(phrase,), status=status)


def shut(midas: Midas) -> None:
    assert "This post is shut" in midas("seal", "close")


def test_shut_tried_and_opened(home: NodeHome, midas: Midas, token: Path) -> None:
    assert travellers(home) == [TRAVELLER]
    shut(midas)
    assert standing(home).reason == "phrases"
    wrong = open_with(midas, Phrase(AWA.officer, ISSA.phrase), token, status=1)
    assert "Name or pass phrase 1 is not right" in wrong
    assert AWA.phrase not in wrong
    assert "The post is open" in open_with(midas, ISSA, token)
    assert travellers(home) == [TRAVELLER]
    id = home.config().id
    (note,) = read_notes(home, id, read_key(id) or b"")
    assert (note.officers, note.share, note.failed) == ((ISSA.officer,), "token", 1)
    assert "This post is open" in open_with(midas, ISSA, token, status=1)


def test_status_names_the_officers_only_while_it_is_open(
    home: NodeHome, midas: Midas, token: Path
) -> None:
    said = midas("seal", "status")
    assert "Sealed, and open until the power goes" in said
    assert "Shares from outside: token" in said
    assert "1 of 2 officers open it" in said
    assert AWA.officer in said
    shut(midas)
    said = midas("seal", "status")
    assert "it waits for officers' pass phrases" in said
    assert "1 of 2 officers open it" in said
    assert AWA.officer not in said


def test_officers_come_and_go(home: NodeHome, midas: Midas, token: Path) -> None:
    said = midas("seal", "add", FATOU.officer, typed=(FATOU,))
    assert "Fatou Diarra can unseal this post" in said
    short = Phrase("Moussa", "trop court")
    assert "too short" in midas("seal", "add", short.officer, typed=(short,), status=1)
    assert "cannot unseal this post any more" in midas("seal", "remove", AWA.officer)
    unknown = midas("seal", "remove", AWA.officer, status=1)
    assert "Nobody named Awa Traoré can unseal this post" in unknown
    shut(midas)
    assert "is not right" in open_with(midas, AWA, token, status=1)
    assert "The post is open" in open_with(midas, FATOU, token)


def test_of_a_shut_post_nothing_can_be_changed(home: NodeHome, midas: Midas, token: Path) -> None:
    shut(midas)
    before = home.path(SEALED).read_bytes()
    for command in (("add", FATOU.officer), ("remove", AWA.officer), ("token", "/"), ("off",)):
        assert "This post is sealed" in midas("seal", *command, typed=(FATOU,), status=1)
    assert home.path(SEALED).read_bytes() == before


def test_a_new_token_makes_the_old_one_worthless(
    home: NodeHome, midas: Midas, token: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert "Keep it away from the machine" in midas("seal", "token", str(other))
    (new,) = other.iterdir()
    shut(midas)
    assert "replaced by a newer one" in open_with(midas, AWA, token, status=1)
    assert "The post is open" in open_with(midas, AWA, new)


def test_a_stick_that_is_not_there_changes_nothing(
    home: NodeHome, midas: Midas, token: Path, tmp_path: Path
) -> None:
    assert "Cannot write" in midas("seal", "token", str(tmp_path / "missing"), status=1)
    shut(midas)
    assert "The post is open" in open_with(midas, AWA, token)


def test_a_token_that_cannot_be_read_is_said(home: NodeHome, midas: Midas, token: Path) -> None:
    shut(midas)
    assert "Cannot read" in open_with(midas, AWA, token.with_name("missing"), status=1)
    token.write_bytes(b"a holiday picture")
    assert "This file is no token of OpenMIDAS" in open_with(midas, AWA, token, status=1)


def test_the_seal_is_taken_off_once_the_openings_are_told(
    home: NodeHome, midas: Midas, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []

    def tell() -> int:
        told.append(home.path(SEALED).is_file())
        return 0

    monkeypatch.setattr(seal_commands, "tell_unsealings", tell)
    assert "not sealed any more" in midas("seal", "off")
    assert told == [True], "while the key is still known that they are kept under"
    assert standing(home).reason == "never_sealed"
    assert travellers(home) == [TRAVELLER]
    assert "the key lies beside the database" in midas("seal", "status")


@pytest.mark.parametrize("command", ["close", "off", "add", "remove", "token"])
def test_a_post_that_is_not_sealed_says_so(home: NodeHome, midas: Midas, command: str) -> None:
    more = {"add": [FATOU.officer], "remove": [AWA.officer], "token": ["/"]}.get(command, [])
    said = midas("seal", command, *more, typed=(FATOU,), status=1)
    assert "This post is not sealed" in said


def test_it_is_sealed_once_and_never_without_a_share_outside(
    home: NodeHome, midas: Midas, token: Path, stick: Path
) -> None:
    on = ("seal", "on", "--officer", AWA.officer, "--without-hq")
    assert "sealed already" in midas(*on, "--token", str(stick), typed=(AWA,), status=1)


@pytest.mark.parametrize(
    ("more", "typed", "words"),
    [
        ((), (AWA,), "Where does the share from outside go?"),
        (("--token", "STICK", "--need", "2"), (AWA,), "2 of 1 officers are not possible"),
        (("--token", "STICK"), (Phrase(AWA.officer, "court"),), "too short"),
        (("--token", "STICK/none"), (AWA,), "Cannot write"),
    ],
)
def test_what_cannot_be_leaves_the_post_as_it_was(
    home: NodeHome,
    midas: Midas,
    stick: Path,
    more: tuple[str, ...],
    typed: tuple[Phrase, ...],
    words: str,
) -> None:
    on = ("seal", "on", "--officer", AWA.officer, "--without-hq")
    where = [each.replace("STICK", str(stick)) for each in more]
    assert words in midas(*on, *where, typed=typed, status=1)
    assert standing(home).reason == "never_sealed"
    assert travellers(home) == [TRAVELLER]


def test_headquarters_keeps_a_new_share(
    home: NodeHome, midas: Midas, token: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hq = KeepsShares(tmp_path / "hq", home)
    where = hq.where()
    peer = Peer(id=where.id, exchange=where.address, certificate=where.certificate)
    monkeypatch.setattr(seal_commands, "find_hq", lambda: peer)
    with hq.listening():
        assert "Headquarters keeps a new share" in midas("seal", "hq")
        shut(midas)
        command = ("unseal", "--officer", AWA.officer)
        assert "The post is open" in midas(*command, typed=(AWA,))
    assert hq.held is not None
    assert {each.holder for each in read_sealed(home).outside} == {Holder.HQ, Holder.TOKEN}
    until = standing(home).until
    assert until is not None
    assert "The lease lasts until" in midas("seal", "status")


def test_without_headquarters_there_is_no_share_there(
    home: NodeHome, midas: Midas, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal_commands, "find_hq", lambda: None)
    assert "has met no headquarters yet" in midas("seal", "hq", status=1)
