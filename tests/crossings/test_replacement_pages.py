"""The page of a post says how a replacement of its machine stands, and lets two people do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.models import AcceptedStick
from openmidas.nodes.services import enrol
from openmidas.posts.codes import ALPHABET
from openmidas.posts.models import Officer, PostReplacement
from openmidas.posts.roles import Role
from tests.conftest import HQ, POST, POST_HOME
from tests.exchange.peers import befriend
from tests.exchange.test_sticks import stick_of
from tests.support.cast import Cast, acting, at_node, client_of, officer_with

pytestmark = pytest.mark.usefixtures("pages")

CODE = re.compile(rf"(?:[{ALPHABET}]{{5}}-){{4}}[{ALPHABET}]{{5}}")
REASON = "Burned on the night of the attack"


@pytest.fixture(autouse=True)
def other(cast: Cast) -> Iterator[Officer]:
    """A second administrator; this process is the HQ, and knows the post."""
    with at_node(HQ):
        enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
        yield officer_with(Role.ADMINISTRATOR, HQ)


def signed_in(officer: Any, language: str = "en") -> Client:
    client = client_of(officer)
    client.cookies["midas_language"] = language
    return client


def page_of(client: Client) -> str:
    return client.get(reverse("hq-post", args=[POST])).content.decode()


def propose(client: Client, reason: str = REASON) -> str:
    address = reverse("hq-post-replace", args=[POST])
    return client.post(address, {"reason": reason}, follow=True).content.decode()


def test_two_people_replace_a_machine_and_each_step_is_told(cast: Cast, other: Officer) -> None:
    one, two = signed_in(cast.idrissa), signed_in(other)
    assert "never replaced" in page_of(one)
    said = propose(one)
    assert "Another administrator must approve it before anything happens" in said
    assert f"Proposed by Idrissa Maïga: {REASON}" in said
    approve = reverse("hq-replacement-approve", args=[PostReplacement.objects.get().id])
    assert approve not in said
    assert "You proposed it yourself" in said
    assert approve in page_of(two)
    shown = two.post(approve).content.decode()
    assert CODE.search(shown)
    text = page_of(two)
    assert not CODE.search(text)
    assert "approved: the new machine is expected" in text
    assert "the machine before is trusted no more" in text
    assert Peer.objects.get(id=POST).revoked


def test_the_same_person_cannot_approve_whatever_they_send(cast: Cast) -> None:
    client = signed_in(cast.idrissa)
    propose(client)
    address = reverse("hq-replacement-approve", args=[PostReplacement.objects.get().id])
    said = client.post(address, follow=True).content.decode()
    assert "You proposed this replacement yourself" in said
    assert not CODE.search(said)
    assert not Peer.objects.get(id=POST).revoked


def test_without_a_reason_nothing_is_proposed(cast: Cast) -> None:
    assert "Say why" in propose(signed_in(cast.idrissa), "")
    assert not PostReplacement.objects.exists()


def test_taken_back(cast: Cast) -> None:
    client = signed_in(cast.idrissa)
    propose(client)
    address = reverse("hq-replacement-withdraw", args=[PostReplacement.objects.get().id])
    assert "Taken back" in client.post(address, follow=True).content.decode()
    assert "has ended already" in client.post(address, follow=True).content.decode()
    assert client.get(address).status_code == 302


def test_an_analyst_reads_of_it_and_does_nothing(cast: Cast) -> None:
    propose(signed_in(cast.idrissa))
    client = signed_in(cast.djibril)
    text = page_of(client)
    assert REASON in text
    assert "<form" not in text.partition("<main")[2]
    address = reverse("hq-replacement-approve", args=[PostReplacement.objects.get().id])
    assert client.post(address).status_code == 403


def test_in_french(cast: Cast) -> None:
    client = signed_in(cast.idrissa, "fr")
    said = propose(client)
    assert "attend un second administrateur" in said
    assert "Proposé par Idrissa Maïga" in said


def test_a_stick_of_a_machine_that_is_trusted_no_more_is_taken_by_decision(cast: Cast) -> None:
    pen, peer = befriend(NodeKind.POST, 3)
    Peer.objects.filter(id=peer.id).update(revoked=True)
    client, address = signed_in(cast.idrissa), reverse("sticks")

    def send(reason: str) -> str:
        from django.core.files.uploadedfile import SimpleUploadedFile

        sent = {"file": SimpleUploadedFile("x.stick", stick_of(pen)), "reason": reason}
        return client.post(address, sent, follow=True).content.decode()

    assert "may decide to take it all the same" in send("")
    assert Journal.objects.get(node=pen.node).sequence == 0
    assert "3 were new" in send("It lay in the safe of the prefecture")
    accepted = AcceptedStick.objects.get()
    assert (accepted.of, accepted.officer) == (pen.node, cast.idrissa.id)


def test_the_decision_stands_on_the_page_of_the_post(cast: Cast) -> None:
    AcceptedStick.objects.create(
        node=HQ, of=POST, made_at="2026-11-01T10:00Z", digest=b"d" * 32, reason="Found in the safe",
        officer=cast.idrissa.id, at="2026-11-02T10:00Z",
    )  # fmt: skip
    assert "Idrissa Maïga decided to take in the stick" in page_of(signed_in(cast.djibril))
