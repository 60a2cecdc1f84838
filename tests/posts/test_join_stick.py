"""Joining where there is no link: two files on a stick, and a code that is in neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.cli import main
from openmidas.journal import NodeKind
from openmidas.nodes.local import Peer
from openmidas.posts.invitations import invite
from openmidas.posts.join_codes import new_code, read_code
from openmidas.posts.join_stick import ANSWER, REQUEST, admit_by_stick, join_by_stick
from openmidas.posts.layouts import PostLayout
from tests.conftest import HQ, POST
from tests.support.cast import Cast, acting, at_node, refusal


def invited(cast: Cast) -> str:
    with at_node(HQ):
        return invite(acting(cast.idrissa), PostLayout(name="Labbezanga", lanes=("1",))).text


def test_there_and_back(cast: Cast, tmp_path: Path) -> None:
    code = invited(cast)
    assert join_by_stick(tmp_path, code) is None
    with at_node(HQ):
        admit_by_stick(tmp_path)
        assert Peer.objects.get(id=POST).name == "Labbezanga"
    secret = read_code(code).secret.encode()
    assert all(secret not in (tmp_path / name).read_bytes() for name in (REQUEST, ANSWER))
    card = join_by_stick(tmp_path, code)
    assert card is not None
    assert Peer.objects.get(kind=NodeKind.HQ).id == HQ
    assert list(tmp_path.iterdir()) == [], "the stick may go on to the next post"


def test_another_code_answers_nothing(cast: Cast, tmp_path: Path) -> None:
    code = invited(cast)
    join_by_stick(tmp_path, code)
    with at_node(HQ):
        admit_by_stick(tmp_path)
    with refusal("join.not_proven"):
        join_by_stick(tmp_path, new_code().text())
    assert not Peer.objects.filter(kind=NodeKind.HQ).exists()


def test_an_answer_to_another_request(cast: Cast, tmp_path: Path) -> None:
    code = invited(cast)
    join_by_stick(tmp_path, code)
    with at_node(HQ):
        admit_by_stick(tmp_path)
    answer = (tmp_path / ANSWER).read_bytes()
    (tmp_path / ANSWER).unlink()
    join_by_stick(tmp_path, code)
    (tmp_path / ANSWER).write_bytes(answer)
    with refusal("join.not_proven"):
        join_by_stick(tmp_path, code)


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"x" * 20_000])
def test_what_is_no_request(cast: Cast, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / REQUEST).write_bytes(raw)
    with at_node(HQ), refusal("join.malformed"):
        admit_by_stick(tmp_path)
    assert not (tmp_path / ANSWER).exists()


def test_a_stick_that_is_not_in_is_told(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with at_node(HQ):
        assert main(["post", "admit", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err
