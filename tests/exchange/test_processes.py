"""A real post and a real HQ, each with its own folder, database and processes, and kills on both sides."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from openmidas.journal import NodeKind
from tests.exchange.node_work import Copy
from tests.support.real_nodes import RealNode, free_address, hq_database


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """A post and an HQ whose exchanges run already, before they know each other."""
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        try:
            with ThreadPoolExecutor() as both:
                list(both.map(lambda node: node.do("init"), (post, hq)))
            hq.begin()
            post.begin()
            yield post, hq
        finally:
            post.sweep()
            hq.sweep()


def test_after_kills_on_both_sides_both_have_the_same_journals(
    nodes: tuple[RealNode, RealNode],
) -> None:
    post, hq = nodes
    chance = random.Random(7)  # noqa: S311  moments to kill at
    writers = [post.write(hq), hq.write(post)]
    worker = post.start("worker")
    hq.await_log("listens at")
    post.await_log("exchanges with")
    time.sleep(chance.uniform(0.5, 1.5))
    before = post.said()
    hq.kill()
    post.await_log("link.broken_off", "link.unreachable", after=before)
    before = post.said()
    hq.begin()
    post.await_log("answers again", after=before)
    before = post.said()
    post.kill()
    post.begin()
    post.await_log("exchanges with", after=before)
    written = [int(writer.communicate(timeout=60)[0]) for writer in writers]
    expected = [f"{node.id}={number}" for node, number in zip(nodes, written, strict=True)]
    with ThreadPoolExecutor() as both:
        at_post, at_hq = both.map(lambda node: copies(node, expected), nodes)
    for node, number in zip(nodes, written, strict=True):
        assert at_post[node.id].digest == at_hq[node.id].digest
        for copy in (at_post[node.id], at_hq[node.id]):
            assert copy.holds
            assert copy.entries == copy.sequence == copy.witnessed == number
    assert at_hq[post.id].bodies == written[0]
    # The opening and the enrolment are for the State, and then every other entry.
    assert at_post[hq.id].bodies == (written[1] - 2) // 2 + 2, "headers only of what is for the HQ"
    assert at_post[hq.id].projected == written[1], "the tables have followed"
    worker.terminate()
    worker.communicate(timeout=15)
    assert worker.returncode == 0
    assert (post.end(), hq.end()) == (0, 0), post.said() + hq.said()


def copies(node: RealNode, expected: list[str]) -> dict[UUID, Copy]:
    found = msgspec.json.decode(node.do("settled", *expected), type=list[Copy])
    return {copy.node: copy for copy in found}
