"""Editions reach a real post over a real link: the first whole, the next as a delta."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from openmidas.journal import NodeKind
from tests.lists.conftest import MakeList
from tests.support.real_nodes import RealNode, free_address, hq_database

HERE = re.compile(r"the attachment \w+ is here: (\d+) bytes in (\d+)")


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """A post and an HQ that know each other, with their exchanges, and the post's worker."""
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        with ThreadPoolExecutor() as both:
            list(both.map(lambda node: node.do("init"), (post, hq)))
        for writer in (post.write(hq), hq.write(post)):
            writer.communicate(timeout=60)
        worker = post.start("worker")
        try:
            hq.begin()
            post.begin()
            yield post, hq
        finally:
            worker.kill()
            worker.communicate()
            post.sweep()
            hq.sweep()


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_next_edition_comes_as_what_differs(
    nodes: tuple[RealNode, RealNode], un_list: MakeList
) -> None:
    post, hq = nodes
    hq.midas("lists", "import", "un", str(un_list("2026-01-15")))
    post.await_log("is here:")
    before = post.said()
    # Between the two the link is cut, as it is in the field.
    post.kill()
    hq.midas("lists", "import", "un", str(un_list("2026-02-03")))
    assert "2026-01-15" in post.midas("lists"), "in use while the next is on its way"
    post.begin()
    post.await_log("is here:", after=before)
    assert "2026-02-03" in post.midas("lists")
    (_, whole), (size, delta) = HERE.findall(post.said())
    assert int(delta) * 5 < int(whole) < int(size)
