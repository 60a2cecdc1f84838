"""The page of a post, the rules of stay, and the page that gives a new post its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.crossings.models import PublishedRules
from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import sample_rules
from openmidas.journal.models import JournalEntry
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.services import enrol
from openmidas.posts.codes import ALPHABET
from openmidas.posts.models import Post, PostInvitation
from tests.conftest import HQ, POST, POST_HOME
from tests.support.cast import Cast, acting, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")

CODE = re.compile(rf"(?:[{ALPHABET}]{{5}}-){{4}}[{ALPHABET}]{{5}}")
LAYOUT = {
    "name": "Kourémalé",
    "lanes": "1, 2, Bus",
    "latitude": "11.95",
    "longitude": "-8.77",
    "minutes_same_document": "5",
    "silent_minutes": "60",
    "hours_0": "6h-18h",
}


@pytest.fixture(autouse=True)
def _at_hq(cast: Cast) -> Iterator[None]:
    with at_node(HQ):
        yield


def english(officer: Any) -> Client:
    client = client_of(officer)
    client.cookies["midas_language"] = "en"
    return client


def page_of(client: Client) -> str:
    return client.get(reverse("hq-post", args=[POST])).content.decode()


class TestPost:
    def test_the_administrator_changes_the_layout_and_the_history_tells(self, cast: Cast) -> None:
        client = english(cast.idrissa)
        assert client.post(reverse("hq-post", args=[POST]), LAYOUT).status_code == 302
        row = Post.objects.get(id=POST)
        assert (row.lanes, row.minutes_same_document) == (["1", "2", "Bus"], 5)
        assert row.hours == ["06:00-18:00", "", "", "", "", "", ""]
        text = page_of(client)
        assert "Lanes: 1, 2, Bus (before: 1, 2)" in text
        assert "Idrissa Maïga" in text
        assert "by command at headquarters" in text

    def test_saving_the_same_writes_nothing(self, cast: Cast) -> None:
        client = english(cast.idrissa)
        for _ in range(2):
            client.post(reverse("hq-post", args=[POST]), LAYOUT)
        assert (
            JournalEntry.objects.filter(kind="post.configured").count() == 2
        )  # the cast's, and one

    def test_a_mistake_is_told_and_nothing_typed_is_lost(self, cast: Cast) -> None:
        sent = {**LAYOUT, "latitude": "north", "hours_0": "morning"}
        answer = english(cast.idrissa).post(reverse("hq-post", args=[POST]), sent)
        text = answer.content.decode()
        assert answer.status_code == 422
        for typed in ("north", "morning", "1, 2, Bus"):
            assert f'value="{typed}"' in text
        assert Post.objects.get(id=POST).lanes == ["1", "2"]

    def test_an_analyst_reads_and_changes_nothing(self, cast: Cast) -> None:
        client = english(cast.djibril)
        text = page_of(client)
        assert "Aminata Keïta" in text
        assert "<form" not in text.partition("<main")[2]
        assert client.post(reverse("hq-post", args=[POST]), LAYOUT).status_code == 403

    def test_the_officers_are_linked_for_who_may_change_them(self, cast: Cast) -> None:
        link = reverse("officer", args=[cast.aminata.id])
        assert link in page_of(english(cast.idrissa))
        assert link not in page_of(english(cast.kadiatou))

    def test_an_officer_is_enrolled_from_the_posts_page(self, cast: Cast) -> None:
        client = english(cast.idrissa)
        address = f"{reverse('officer-enrol')}?post={POST}"
        assert address in page_of(client)
        assert f'<option value="{POST}" selected' in client.get(address).content.decode()

    def test_a_post_that_is_enrolled_and_not_laid_out_says_what_to_do(self, cast: Cast) -> None:
        Post.objects.all().delete()
        enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
        assert "no lane yet" in page_of(english(cast.idrissa))

    def test_one_name_on_every_page(self, cast: Cast) -> None:
        enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
        client = english(cast.idrissa)
        client.post(reverse("hq-post", args=[POST]), {**LAYOUT, "name": "Kourémalé Nord"})
        assert Peer.objects.get(id=POST).name == "Kourémalé Nord"
        assert "Kourémalé Nord</a>" in client.get(reverse("hq-nodes")).content.decode()


class TestRevoking:
    def test_a_stolen_machine_is_trusted_no_more(self, cast: Cast) -> None:
        enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
        client, address = english(cast.idrissa), reverse("hq-post-revoke", args=[POST])
        assert "Say why" in client.post(address, {"reason": ""}, follow=True).content.decode()
        assert not Peer.objects.get(id=POST).revoked
        said = client.post(address, {"reason": "Stolen at night"}, follow=True).content.decode()
        assert "Nothing is exchanged with it" in said
        assert "Stolen at night" in said
        assert Peer.objects.get(id=POST).revoked
        assert "trusted no more" in client.get(reverse("hq-nodes")).content.decode()
        again = client.post(address, {"reason": "Stolen at night"}, follow=True)
        assert "trusted no more already" in again.content.decode()


class TestRules:
    def test_they_are_told_in_words_with_who_published_them(self, cast: Cast) -> None:
        publish_rules(sample_rules(), actor=acting(cast.idrissa))
        published = PublishedRules.objects.get()
        client = english(cast.djibril)
        assert published.title in page_of(client)
        listed = client.get(reverse("hq-rules")).content.decode()
        assert "Idrissa Maïga" in listed
        text = client.get(reverse("hq-rule-set", args=[published.id])).content.decode()
        for words in ("ECOWAS protocol on free movement", "90 days", "Burkina Faso", "in force"):
            assert words in text

    def test_without_rules_it_says_what_to_do(self, cast: Cast) -> None:
        client = english(cast.djibril)
        for text in (page_of(client), client.get(reverse("hq-rules")).content.decode()):
            assert "midas rules publish" in text

    def test_a_file_is_shown_in_words_before_it_is_published(self, cast: Cast) -> None:
        client, address = english(cast.idrissa), reverse("hq-rules-new")
        file = client.get(reverse("hq-rules-sample")).content
        shown = client.post(address, {"file": SimpleUploadedFile("rules.toml", file)})
        said = shown.content.decode()
        assert "Nothing is published yet" in said
        assert "ECOWAS protocol on free movement" in said
        assert not PublishedRules.objects.exists()
        text = shown.context["form"].initial["text"]
        assert client.post(address, {"text": text, "publish": "1"}).status_code == 302
        assert PublishedRules.objects.get().officer == cast.idrissa.id

    @pytest.mark.parametrize(
        ("file", "told"),
        [
            (b"\xff\xfe", "no text in UTF-8"),
            (b"title = 1", "These are no rules"),
            (b"#" * 300_000, "256 KiB"),
            (b"", "Choose a file"),
        ],
    )
    def test_what_is_no_rules_is_refused(self, cast: Cast, file: bytes, told: str) -> None:
        upload = {"file": SimpleUploadedFile("rules.toml", file)} if file else {}
        refused = english(cast.idrissa).post(reverse("hq-rules-new"), upload)
        assert refused.status_code == 422
        assert told in refused.content.decode()

    def test_a_closure_is_told_with_its_exemptions(self, cast: Cast) -> None:
        closure = (
            '[[closures]]\ncode = "night"\nhosts = ["MLI"]\nfrom = 2026-11-01\n'
            'exempt_nationalities = ["GIN"]\nexempt_purposes = ["health"]\n'
        )
        publish_rules(f"{sample_rules()}\n{closure}", actor=acting(cast.idrissa))
        address = reverse("hq-rule-set", args=[PublishedRules.objects.get().id])
        text = english(cast.djibril).get(address).content.decode()
        assert "Guinea, Health" in text
        assert "since 2026-11-01" in text


class TestInviting:
    def test_the_code_is_shown_once_and_the_post_is_expected(self, cast: Cast) -> None:
        client = english(cast.idrissa)
        shown = client.post(reverse("hq-post-new"), {**LAYOUT, "name": "Labbezanga"})
        assert CODE.search(shown.content.decode())
        posts = client.get(reverse("hq-nodes")).content.decode()
        assert "Labbezanga" in posts
        assert not CODE.search(posts)

    def test_a_mistake_is_told_and_no_code_is_made(self, cast: Cast) -> None:
        answer = english(cast.idrissa).post(reverse("hq-post-new"), {**LAYOUT, "name": ""})
        assert answer.status_code == 422
        assert 'value="1, 2, Bus"' in answer.content.decode()
        assert not PostInvitation.objects.exists()

    def test_a_code_is_taken_back(self, cast: Cast) -> None:
        client = english(cast.idrissa)
        client.post(reverse("hq-post-new"), LAYOUT)
        address = reverse("hq-invitation-revoke", args=[PostInvitation.objects.get().id])
        assert address in client.get(reverse("hq-nodes")).content.decode()
        assert address not in english(cast.djibril).get(reverse("hq-nodes")).content.decode()
        client.post(address)
        assert PostInvitation.objects.get().ended == "revoked"
        again = client.post(address, follow=True).content.decode()
        assert "has ended already" in again

    def test_whoever_sends_rubbish_gets_a_refusal(self, cast: Cast) -> None:
        answer = Client(enforce_csrf_checks=True).post(
            reverse("join"), b"rubbish", content_type="application/msgpack"
        )
        assert (answer.status_code, b"join.malformed" in answer.content) == (409, True)

    def test_a_post_takes_nobody_in(self, cast: Cast) -> None:
        with at_node(POST):
            answer = Client().post(reverse("join"), b"", content_type="application/msgpack")
        assert b"join.not_at_hq" in answer.content
