"""The rules that raise incidents: published by a State, in words, by page and by command."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openmidas.cli import main
from openmidas.incidents.models import Incident, PublishedIncidentRules
from openmidas.incidents.publishing import publish_incident_rules, published_rules, rules_in_use
from openmidas.incidents.raising.cluster import raise_health_clusters
from openmidas.incidents.rule_entries import IncidentRulesPublished
from openmidas.incidents.rules import (
    IncidentRulesError,
    Rules,
    read_rules,
    sample_rules,
    shipped_rules,
)
from openmidas.incidents.rules_wording import rules_in_words
from openmidas.journal import NodeKind
from openmidas.journal.entry import decode_body, encode_body
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.posts.models import Officer
from tests.conftest import HQ, POST
from tests.crossings.test_projections import arrive
from tests.incidents import test_raising
from tests.incidents.conftest import Place
from tests.support.cast import acting, at_node, client_of, english
from tests.support.tables import all_rows
from tests.support.writers import Pen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
MINE = sample_rules().replace('edition = "2026-11"', 'edition = "Mali 1"')


def published(place: Place, text: str = MINE) -> None:
    with at_node(HQ):
        publish_incident_rules(text, actor=acting(place.cast.idrissa))


class TestPublishing:
    def test_the_newest_are_in_use_and_else_those_of_the_program(self, place: Place) -> None:
        assert published_rules() is None
        assert rules_in_use() == shipped_rules()
        published(place, MINE.replace("travellers = 3", "travellers = 2"))
        published(
            place, MINE.replace("Mali 1", "Mali 2").replace("travellers = 3", "travellers = 5")
        )
        now = rules_in_use()
        assert now.health_cluster
        assert (now.edition, now.health_cluster.travellers) == ("Mali 2", 5)

    def test_what_is_raised_names_the_edition_that_raised_it(self, place: Place) -> None:
        published(place, MINE.replace("travellers = 3", "travellers = 2"))
        for number in (10, 11):
            test_raising.TestAHealthCluster.referred(place, number)
        assert raise_health_clusters() == 1
        published(place, MINE.replace("Mali 1", "Mali 2"))
        assert Incident.objects.get().edition == "Mali 1"

    @pytest.mark.parametrize("edition", ["2026-11", "Mali 1"])
    def test_an_edition_means_the_same_for_good(self, place: Place, edition: str) -> None:
        published(place)
        other = f'edition = "{edition}"'
        with pytest.raises(IncidentRulesError) as error:
            published(place, other)
        assert (error.value.code, error.value.params) == ("taken", {"edition": edition})
        assert PublishedIncidentRules.objects.count() == 1

    def test_an_earlier_edition_can_be_taken_up_again(self, place: Place) -> None:
        published(place)
        published(place, sample_rules())
        assert rules_in_use().edition == "2026-11"
        published(place)
        assert rules_in_use().edition == "Mali 1"

    def test_no_post_publishes_any(self, place: Place) -> None:
        pen = Pen(NodeKind.POST)
        pen.write(IncidentRulesPublished(publication=new_id(), rules=read_rules(MINE)))
        with at_node(HQ):
            arrive(pen)
        assert not PublishedIncidentRules.objects.exists()
        assert Quarantined.objects.exists()

    def test_a_post_of_an_older_version_works_by_what_it_knows(self) -> None:
        newer = msgspec.to_builtins(read_rules(MINE)) | {"weather": {"kind": "border"}}
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(newer), type=Rules) == read_rules(MINE)

    @pytest.mark.django_db(transaction=True)
    def test_rebuilt_they_are_the_same(self, place: Place) -> None:
        published(place)
        live = all_rows()
        rebuild()
        assert all_rows() == live


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_stands_in_words(language: str) -> None:
    with translation.override(language):
        shown = list(rules_in_words(shipped_rules()))
        left_out = list(rules_in_words(read_rules('edition = "none"')))
    assert len(shown) == len(left_out) == 5
    assert all(one.said and one.kind and one.severity for one in shown)
    assert [one.name for one in shown if one.at_posts] == [shown[2].name]
    assert not any(one.said for one in left_out)
    assert "150 %" in shown[4].said


class TestPages:
    @pytest.fixture
    def office(self, place: Place) -> Client:
        """The administrator's browser."""
        return english(client_of(place.cast.idrissa))

    def test_say_which_rules_come_with_the_program(self, place: Place, office: Client) -> None:
        with at_node(HQ):
            said = text(office, "incident-rules")
            assert reverse("incident-rules") in text(office, "hq-incidents")
        assert "In use: edition 2026-11" in said
        assert "Nothing is published yet" in said
        assert "At least 3 travellers from one place" in said

    def test_rules_are_read_in_words_before_they_are_published(
        self, place: Place, office: Client
    ) -> None:
        address = reverse("incident-rules-new")
        with at_node(HQ):
            shown = office.post(address, {"file": io.BytesIO(MINE.encode())}).content.decode()
            assert "Edition Mali 1" in shown
            assert not PublishedIncidentRules.objects.exists()
            assert office.post(address, {"text": MINE, "publish": "1"}).status_code == 302
            row = PublishedIncidentRules.objects.get()
            assert JournalEntry.objects.filter(kind="incident_rules.published").count() == 1
            said = text(office, "incident-rules")
            assert "In use: edition Mali 1" in said
            assert "Idrissa" in said
            assert "In use" not in text(office, "incident-rules-edition", row.id)
            assert text(office, "incident-rules-sample") == sample_rules()

    @pytest.mark.parametrize(
        ("file", "said"),
        [
            ("title = 1", "These are no rules that raise incidents"),
            ('edition = "2026-11"', "Other rules have the edition “2026-11” already"),
            (MINE.replace("days = 30", "day = 30"), "These are no rules"),
            (MINE + "hour = 6", "“surge.hour” is not known here"),
            (MINE + '[weather]\nkind = "border"', "“weather” is not known here"),
            ('edition = " 1"', "The edition is a short name on one line"),
        ],
    )
    def test_say_what_is_wrong_with_a_file(
        self, place: Place, office: Client, file: str, said: str
    ) -> None:
        with at_node(HQ):
            answer = office.post(reverse("incident-rules-new"), {"file": io.BytesIO(file.encode())})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_an_analyst_reads_and_does_not_publish(self, place: Place) -> None:
        client = english(client_of(place.cast.djibril))
        with at_node(HQ):
            assert reverse("incident-rules-new") not in text(client, "incident-rules")


class TestAtThePost:
    def test_the_second_line_reads_them_with_who_published_them(self, place: Place) -> None:
        room = english(client_of(place.cast.boubacar))
        assert "these come with the program" in text(room, "incident-rules-here")
        published(place)
        said = text(room, "incident-rules-here")
        assert reverse("incident-rules-here") in text(room, "incidents")
        assert "In use: edition Mali 1" in said
        assert "At least 3 travellers from one place" in said
        assert "Idrissa" in said
        Officer.objects.filter(id=place.cast.idrissa.id).delete()  # as at a real post
        assert "an officer at headquarters" in text(room, "incident-rules-here")
        assert reverse("incident-rules") not in said
        assert reverse("incident-rules-new") not in said

    def test_what_this_version_cannot_read_is_told(self, place: Place) -> None:
        room = english(client_of(place.cast.boubacar))
        newer = msgspec.to_builtins(read_rules(MINE)) | {"weather": {"kind": "border"}}
        newer["surge"]["feast"] = 3
        publication = new_id()
        first = Pen(NodeKind.HQ).write(
            IncidentRulesPublished(publication=publication, rules=read_rules(MINE))
        )
        content = msgspec.msgpack.encode({"publication": str(publication), "rules": newer})
        body = decode_body(first.body or b"")
        body = msgspec.structs.replace(body, content=msgspec.Raw(content))
        pen = Pen(NodeKind.HQ)
        pen.write_raw(encode_body(body))
        arrive(pen)
        said = text(room, "incident-rules-here")
        assert "weather" in said
        assert "surge.feast" in said
        assert "could not be loaded" not in said
        pen = Pen(NodeKind.HQ)
        pen.write_raw(encode_body(msgspec.structs.replace(body, version=2)))
        arrive(pen)
        said = text(room, "incident-rules-here")
        assert "could not be loaded here" in said
        assert "entry.version_unknown" in said


class TestCommand:
    @pytest.fixture(autouse=True)
    def english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")

    def test_publishes_and_shows(
        self, place: Place, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        path = tmp_path / "rules.toml"
        path.write_text(MINE, encoding="utf-8")
        with at_node(HQ):
            assert main(["incident-rules", "publish", str(path)]) == 0
            assert main(["incident-rules", "show"]) == 0
            assert main(["incident-rules", "sample"]) == 0
        out = capsys.readouterr().out
        assert "Published: edition Mali 1" in out
        assert "In use: edition Mali 1" in out
        assert sample_rules() in out

    @pytest.mark.parametrize(
        ("node", "said"), [(POST, "Only a headquarters"), (HQ, "Nothing was published")]
    )
    def test_says_why_not(
        self,
        place: Place,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
        node: UUID,
        said: str,
    ) -> None:
        path = tmp_path / "rules.toml"
        path.write_text("edition = 1", encoding="utf-8")
        with at_node(node):
            assert main(["incident-rules", "publish", str(path)]) == 1
        assert said in capsys.readouterr().err
        assert rules_in_use() == shipped_rules()


def text(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())
