"""Replacing a machine from the command line: who types says who they are, by their password."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from openmidas.cli import main
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.services import enrol
from openmidas.posts.models import Officer, PostReplacement
from openmidas.posts.passwords import set_password
from openmidas.posts.roles import Role
from tests.conftest import HQ, POST, POST_HOME
from tests.support.cast import PASSWORD, Cast, acting, officer_with

CODE = re.compile(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}")
Type = Callable[..., int]


@pytest.fixture
def other(cast: Cast, as_hq: None, monkeypatch: pytest.MonkeyPatch) -> Officer:
    """A second administrator; both have a password, and the HQ knows the post."""
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
    other = officer_with(Role.ADMINISTRATOR, HQ)
    for officer in (cast.idrissa, other, cast.djibril):
        set_password(officer.id, PASSWORD)
    return other


@pytest.fixture
def midas(monkeypatch: pytest.MonkeyPatch) -> Type:
    def run(*command: str, password: str = PASSWORD) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        return main(["post", "replace", *command])

    return run


def test_two_people_one_after_the_other(
    cast: Cast, other: Officer, midas: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    propose = ("propose", str(POST), "--reason", "Burned", "--as")
    assert midas(*propose, "idrissa", password="guessed") == 1
    assert midas(*propose, cast.djibril.username) == 1
    assert not PostReplacement.objects.exists()
    assert midas(*propose, "idrissa") == 0
    assert midas("approve", str(POST), "--as", "idrissa") == 1
    assert not CODE.search(capsys.readouterr().out)
    assert midas("approve", str(POST), "--as", other.username) == 0
    assert CODE.search(capsys.readouterr().out)
    assert Peer.objects.get(id=POST).revoked
    assert midas("show", str(POST)) == 0
    assert not CODE.search(capsys.readouterr().out)


def test_taken_back_there_is_nothing_to_approve(other: Officer, midas: Type) -> None:
    midas("propose", str(POST), "--reason", "Burned", "--as", "idrissa")
    assert midas("withdraw", str(POST), "--as", other.username) == 0
    assert midas("approve", str(POST), "--as", other.username) == 1
    assert not Peer.objects.get(id=POST).revoked
