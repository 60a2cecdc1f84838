"""The page of journals and witnesses: until when, by whom, and both versions of a contradiction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.exchange.log_giving import write_log
from openmidas.journal import NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.witnessed import Contradiction, Version, contradict
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import JournalProof
from tests.conftest import HQ, POST
from tests.exchange.peers import befriend, receipt_by
from tests.journal.test_forgeries import hold
from tests.support.cast import Cast, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")

AT = 1_760_000_000_000  # 2025-10-09 08:53 UTC


@pytest.fixture
def administrator(cast: Cast) -> Iterator[Client]:
    with at_node(HQ):
        client = client_of(cast.idrissa)
        client.cookies["midas_language"] = "en"
        yield client


def said(client: Client) -> str:
    return client.get(reverse("witness")).content.decode()


def test_a_new_node_says_that_nobody_vouches_for_it_yet(administrator: Client) -> None:
    page = said(administrator)
    assert "by nobody yet" in page
    assert "Nothing here contradicts itself." in page
    assert "There is none yet. Headquarters signs it" in page


def test_until_when_and_by_whom(administrator: Client) -> None:
    pen, _ = befriend(NodeKind.POST, name="Labbézanga")
    own = Journal.objects.get(node=this_node().id)
    hold(receipt_by(pen, own.place(), AT))
    JournalProof.objects.create(id=1, epoch=1, verified=own.sequence, at=AT)
    page = said(administrator)
    assert f"{own.sequence} by Labbézanga" in page
    assert "2025-10-09 08:53" in page
    assert own.hash.hex()[:4] in page
    assert HeldReceipt.objects.count() == 1


def test_the_log_of_heads(administrator: Client) -> None:
    head = write_log()
    assert head is not None
    root = head.root.hex()
    assert f"{root[:4]} {root[4:8]} {root[8:12]} {root[12:16]}" in said(administrator)


def test_both_versions_of_a_contradiction(administrator: Client) -> None:
    ours, theirs = Version(1, 70, b"\x11" * 32), Version(1, 65, b"\x22" * 32, AT, bytes(64))
    contradict("log.set_back", HQ, POST, ours, theirs, AT)
    page = said(administrator)
    assert "1111 1111 1111 1111" in page
    assert "2222 2222 2222 2222" in page
    assert "1/70" in page
    assert "1/65" in page
    Contradiction.objects.update(settled=AT)
    assert "settled</span>" in said(administrator)
