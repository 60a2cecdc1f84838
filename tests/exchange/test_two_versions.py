"""A real post and a real HQ of two versions: nothing is lost, and all is read after the upgrade."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest

from openmidas.journal import NodeKind
from tests.exchange.node_work import Copy
from tests.support.real_nodes import RealNode, free_address, hq_database

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]

NEWER, OLDER = "tests.exchange.newer_work", "tests.exchange.node_work"


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate(timeout=20)


def finish(process: subprocess.Popen[bytes]) -> None:
    process.communicate(timeout=90)
    assert process.returncode == 0


@pytest.mark.parametrize("newer", list(NodeKind))
def test_what_only_the_newer_side_knows_waits_for_the_upgrade(
    tmp_path: Path, newer: NodeKind
) -> None:
    with hq_database() as database:
        post = RealNode(tmp_path / "post", NodeKind.POST, "sqlite", "")
        hq = RealNode(tmp_path / "hq", NodeKind.HQ, database, free_address())
        ahead, behind = (post, hq) if newer is NodeKind.POST else (hq, post)
        running: list[subprocess.Popen[bytes]] = []
        try:
            for node in (post, hq):
                node.do("init")
            finish(post.write(hq))
            finish(hq.write(post))
            running += [ahead.start("exchange", module=NEWER), behind.start("exchange")]
            running += [ahead.start("worker", module=NEWER), behind.start("worker")]
            finish(ahead.start("say", module=NEWER))
            finish(post.start("agrees", str(hq.id), module=NEWER if post is ahead else OLDER))
            for copy in msgspec.json.decode(behind.do("copies"), type=list[Copy]):
                assert copy.holds
                assert copy.entries == copy.sequence
                assert copy.node != ahead.id or copy.witnessed >= 3, "there are receipts for it"
            told = behind.do("aside", "entry.kind_unknown", "entry.version_unknown").decode()
            assert told.split() == ["entry.kind_unknown", "entry.version_unknown"]
            assert behind.do("lookups").decode() == ""
            end(running.pop())
            running.append(behind.start("worker", module=NEWER))
            assert behind.do("aside").decode() == "", behind.said()
            assert behind.do("lookups").decode() == "asked (Awa)"
        finally:
            for process in running:
                end(process)
