"""A full disk at a post: nothing more is recorded, that is said in words, and reading goes on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal import NodeKind
from openmidas.nodes.room import LEAST_TO_READ, LEAST_TO_RECORD
from openmidas.posts.lookups import Purpose, made
from tests.crossings.conftest import paper, publish, publish_list, rules_of, years_ago
from tests.support.cast import Cast, acting, client_of, refusal
from tests.support.real_nodes import RealNode

MB = 2**20
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a server's database looks after its own disk"
)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def lane(pages: None, cast: Cast, tmp_path: Path) -> Client:
    """Aminata at a lane where somebody stands."""
    publish(rules_of(years_ago(0)))
    publish_list(tmp_path)
    return client_of(cast.aminata)


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Says how many bytes of the disk are free."""

    def say(number: int) -> None:
        usage = Usage(number * 10, number * 9, number)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)

    return say


@on_sqlite
def test_nothing_is_recorded_and_the_traveller_still_stands_there(lane: Client, free: Any) -> None:
    id = str(issue_id())
    lane.post("/counter/scan/", {"id": id, "raw": paper()})
    lane.cookies["midas_language"] = "fr"
    free(LEAST_TO_RECORD - 1)
    answer = lane.post("/counter/decide/", {"ids": id, "action": "admit"})
    assert answer.status_code == 409
    assert "Le disque de ce poste est plein" in answer.content.decode()
    assert "KEITA" in answer.content.decode()
    assert not Crossing.objects.exists()
    free(LEAST_TO_RECORD)
    assert lane.post("/counter/decide/", {"ids": id, "action": "admit"}).status_code == 200
    assert Crossing.objects.count() == 1


@on_sqlite
def test_who_reads_is_on_record_while_there_is_any_room(cast: Cast, pages: None, free: Any) -> None:
    head = acting(cast.coumba)
    free(LEAST_TO_READ)
    assert client_of(cast.coumba).get(reverse("home"), follow=True).status_code == 200
    made(head, Purpose.CASE, "", "KEITA", 0)
    free(LEAST_TO_READ - 1)
    with refusal("disk.full"):
        made(head, Purpose.CASE, "", "KEITA", 0)


@on_sqlite
def test_a_page_that_cannot_record_says_why(cast: Cast, pages: None, free: Any) -> None:
    client = client_of(cast.aminata)
    client.raise_request_exception = False
    free(LEAST_TO_READ - 1)
    answer = client.post(reverse("sign-out"), headers={"accept-language": "en"})
    assert answer.status_code == 507
    assert "The disk of this machine is full" in answer.content.decode()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory, a little larger than what must stay free."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={LEAST_TO_RECORD // MB + 32}m"
    line = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder]
    if sys.platform != "linux" or subprocess.run(line, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root on Linux only")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.long
def test_a_small_disk_fills_up_and_nothing_is_damaged(small_disk: Path) -> None:
    post = RealNode(small_disk / "post", NodeKind.POST, "sqlite", "")
    post.do("init")
    post.do("cross", "2")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - LEAST_TO_RECORD + MB))
    crossing = post.start("cross", "2")
    crossing.communicate(timeout=120)
    assert crossing.returncode == 1
    assert "Refused: disk.full" in post.said()
    post.midas("journal", "verify")
    assert len(post.do("crossings").splitlines()) == 2, "reading goes on"
    ballast.unlink()
    post.do("cross", "1")
    assert len(post.do("crossings").splitlines()) == 3
