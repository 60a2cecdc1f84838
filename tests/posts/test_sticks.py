"""The page of sticks: a file to save, a file that came, and what is wrong with one in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.exchange import stick_file
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import StickNote
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.exchange.test_sticks import stick_of
from tests.support.cast import Cast, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def administrator(cast: Cast) -> Iterator[Client]:
    with at_node(HQ):
        client = client_of(cast.idrissa)
        client.cookies["midas_language"] = "en"
        yield client


def sent(client: Client, raw: bytes, status: int) -> str:
    answer = client.post(
        reverse("sticks"), {"file": SimpleUploadedFile("a.stick", raw)}, follow=True
    )
    assert answer.status_code == status
    return answer.content.decode()


def test_nothing_yet_says_so(administrator: Client) -> None:
    said = administrator.get(reverse("sticks")).content.decode()
    assert "No other node is known here yet" in said
    assert "No stick was made or taken in here yet." in said


def test_a_file_to_save_opens_for_the_post_alone(administrator: Client, cast: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    answer = administrator.post(reverse("stick-make", args=[peer.id]))
    assert "attachment" in answer["Content-Disposition"]
    assert "labbezanga" in answer["Content-Disposition"]
    file = stick_file.read(answer.content)
    file.check([public_bytes(this_node().key)])
    assert file.unseal([pen.key])
    note = StickNote.objects.get()
    assert (note.outgoing, note.officer) == (True, cast.idrissa.id)
    assert "for Labbézanga" in administrator.get(reverse("sticks")).content.decode()


def test_a_file_that_came_is_told_in_sentences(administrator: Client) -> None:
    pen, _ = befriend(NodeKind.POST, 3)
    raw = stick_of(pen)
    assert "Of its 3 entries, 3 were new and are stored." in sent(administrator, raw, 200)
    said = sent(administrator, raw, 200)
    assert "Nothing was doubled" in said
    assert "Idrissa Maïga" in said
    assert "The file is not whole" in sent(administrator, raw[:-9], 422)
    assert "no file of a stick" in sent(administrator, b"holiday.jpg", 422)


def test_what_is_too_large_is_refused_before_it_is_read(administrator: Client) -> None:
    answer = administrator.post(reverse("sticks"), {}, CONTENT_LENGTH=str(2**30))
    assert answer.status_code == 413
    assert "larger than 64 MiB" in answer.content.decode()
