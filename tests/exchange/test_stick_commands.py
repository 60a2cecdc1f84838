"""A post and an HQ that no line connects: sticks go to and fro, by the commands that people type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.journal import NodeKind
from tests.support.real_nodes import RealNode, free_address, hq_database


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """A post and an HQ that have met, whose exchanges do not run."""
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        for node in (post, hq):
            node.do("init")
        for node, friend in ((post, hq), (hq, post)):
            card = tmp_path / f"{friend.id}.card"
            card.write_bytes(friend.card())
            node.midas("meet" if node is post else "enrol", str(card))
        yield post, hq


def test_there_and_back(nodes: tuple[RealNode, RealNode], tmp_path: Path) -> None:
    post, hq = nodes
    post.do("cross", "130")
    there, back = tmp_path / "there.stick", tmp_path / "back.stick"
    post.midas("stick", "export", str(there))
    said = hq.midas("stick", "import", str(there))
    assert "nouvelles" in said
    assert "Rien n’a été doublé" in hq.midas("stick", "import", str(there))
    hq.midas("stick", "export", str(back), "--for", "post")
    assert "accusé" in post.midas("stick", "import", str(back))
    assert "0 écriture" in post.midas("stick", "export", str(tmp_path / "again.stick"))
    missing = tmp_path / "media"
    post.midas("stick", "export", str(missing), status=1)
    assert not missing.exists()
    half = tmp_path / "half.stick"
    half.write_bytes(there.read_bytes()[:-1000])
    hq.midas("stick", "import", str(half), status=1)
    assert "pas entier" in hq.said()
