"""Rules that raise incidents: on what, on what not, and once for each cause."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from openmidas.crossings import services as lane
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Journey
from openmidas.crossings.models import Crossing, Recorded
from openmidas.incidents import services
from openmidas.incidents.entries import Outcome
from openmidas.incidents.limits import REMEMBERED
from openmidas.incidents.local import RaisedBefore
from openmidas.incidents.models import Incident, IncidentLink, IncidentStep
from openmidas.incidents.page import incident_page
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising import jobs, silent, travel
from openmidas.incidents.raising.cluster import raise_health_clusters
from openmidas.incidents.raising.remembering import remember
from openmidas.incidents.raising.silent import raise_silent_posts
from openmidas.incidents.raising.travel import kilometres, raise_impossible_travel
from openmidas.incidents.rules import IncidentRulesError, read_rules
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.jobs import jobs_at
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from tests.conftest import HQ, POST
from tests.crossings.conftest import paper
from tests.incidents.conftest import Place
from tests.support.cast import at_node

pytestmark = pytest.mark.django_db
LABBEZANGA = UUID("01900000-0000-7000-8000-000000000002")


@pytest.fixture
def hq(place: Place) -> Iterator[Place]:
    """This process is the HQ of two posts that are 1,100 km apart."""
    Post.objects.filter(id=POST).update(latitude=11.957, longitude=-8.781)
    Post.objects.create(id=LABBEZANGA, node=HQ, name="Labbezanga", latitude=14.957, longitude=0.701)
    with at_node(HQ):
        yield place


def erased() -> None:
    """The incidents and what belongs to them are gone from the tables, as after an erasure."""
    for table in (Incident, IncidentStep, IncidentLink):
        table.objects.all().delete()


class TestTheRules:
    def test_those_that_the_program_brings_can_be_read(self) -> None:
        rules = rules_in_use()
        assert rules.silent_post
        assert rules.impossible_travel
        assert rules.health_cluster
        assert rules.health_cluster.travellers == 3

    @pytest.mark.parametrize(
        "text",
        [
            'edition = ""',
            'edition = "1"\n[silent_post]\nkind = "weather"\nseverity = "high"',
            'edition = "1"\n[another]\nkind = "health"',
            'edition = "a\\u0007"',
            'edition = " 1"',
            "edition",
            'edition = "1"\n[health_cluster]\nkind = "health"\nseverity = "high"\ntravellers = 1\nhours = 24',
        ],
    )
    def test_what_is_no_rule_is_refused(self, text: str) -> None:
        with pytest.raises(IncidentRulesError):
            read_rules(text)

    def test_the_worker_asks_them_where_they_belong(self) -> None:
        at_post, at_hq = (
            {job.name.rpartition(".")[2] for job in jobs_at(kind)} for kind in NodeKind
        )
        assert "look_for_health_clusters" in at_post - at_hq
        of_hq = ("look_for_silent_posts", "look_for_impossible_travel", "look_for_same_plates")
        assert {*of_hq, "look_for_surges"} <= at_hq - at_post


class TestASilentPost:
    def test_of_which_an_incident_was_erased_raises_no_other(self, peer: Peer) -> None:
        raise_silent_posts()
        erased()
        assert raise_silent_posts() == 0
        # What is remembered tells nothing, and is forgotten when no rule can see the cause any more.
        before = RaisedBefore.objects.get()
        assert (before.rule, len(before.reference)) == ("silent_post", 64)
        RaisedBefore.objects.update(at=node_time() - REMEMBERED - timedelta(days=1))
        remember("silent_post", [("another",)])
        assert RaisedBefore.objects.get().reference != before.reference
        assert raise_silent_posts() == 1

    @pytest.fixture
    def peer(self, hq: Place) -> Peer:
        return Peer.objects.create(
            id=POST,
            kind=NodeKind.POST,
            name="Kourémalé",
            epoch=1,
            public_key=b"",
            certificate="",
            fingerprint="f",
            last_contact=node_time() - timedelta(hours=5),
        )

    def test_raises_an_incident_once_that_says_why(self, peer: Peer) -> None:
        assert raise_silent_posts() == 1
        assert raise_silent_posts() == 0
        row = Incident.objects.get()
        assert (row.node, row.post, row.kind, row.rule) == (HQ, POST, "technical", "silent_post")
        assert row.edition == rules_in_use().edition
        page = incident_page(row)
        assert page.shown.post == "Kourémalé"
        assert row.cause["since"] in page.why
        assert list(IncidentStep.objects.values_list("step", flat=True)) == ["raised"]
        assert not JournalEntry.objects.filter(kind="incident.alerted").exists()

    def test_that_was_heard_of_lately_raises_nothing(self, peer: Peer) -> None:
        Peer.objects.update(last_contact=node_time() - timedelta(hours=3))
        assert raise_silent_posts() == 0

    @pytest.mark.parametrize("changes", [{"revoked": True}, {"last_contact": None}])
    def test_that_cannot_be_silent_raises_nothing(
        self, peer: Peer, changes: dict[str, Any]
    ) -> None:
        Peer.objects.update(**changes)
        assert raise_silent_posts() == 0

    def test_the_same_silence_raises_no_second_once_it_is_closed(self, peer: Peer) -> None:
        raise_silent_posts()
        row = Incident.objects.get()
        services.close(Actor(row.officer, "hq_analyst"), row.id, issue_id(), Outcome.RESOLVED)
        assert raise_silent_posts() == 0

    def test_another_silence_raises_one_when_none_is_open(self, peer: Peer) -> None:
        raise_silent_posts()
        Peer.objects.update(last_contact=node_time() - timedelta(hours=4, minutes=30))
        assert raise_silent_posts() == 0
        row = Incident.objects.get()
        services.close(Actor(row.officer, "hq_analyst"), row.id, issue_id(), Outcome.RESOLVED)
        assert raise_silent_posts() == 1

    def test_that_is_heard_of_again_closes_what_nobody_took_up(self, peer: Peer) -> None:
        raise_silent_posts()
        Peer.objects.update(last_contact=node_time())
        assert raise_silent_posts() == 0
        row = Incident.objects.get()
        assert (row.open, row.outcome) == (False, "passed")

    def test_that_is_heard_of_again_leaves_to_people_what_they_took_up(
        self, hq: Place, peer: Peer
    ) -> None:
        raise_silent_posts()
        row = Incident.objects.get()
        services.comment(hq.djibril, row.id, issue_id(), "The mast was hit by lightning")
        Peer.objects.update(last_contact=node_time())
        raise_silent_posts()
        assert Incident.objects.get().open

    def test_is_not_looked_for_while_the_headquarters_itself_has_just_begun(
        self, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = time.monotonic()
        monkeypatch.setattr(jobs, "_began", now - 29 * 60)
        jobs.look_for_silent_posts()
        assert not Incident.objects.exists()
        monkeypatch.setattr(jobs, "_began", now - 31 * 60)
        jobs.look_for_silent_posts()
        assert Incident.objects.exists()

    def test_without_its_rule_raises_nothing(
        self, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without = msgspec.structs.replace(rules_in_use(), silent_post=None)
        monkeypatch.setattr(silent, "rules_in_use", lambda: without)
        assert raise_silent_posts() == 0


class TestImpossibleTravel:
    @staticmethod
    def seen(place: Place, *times: tuple[UUID, timedelta], **changes: Any) -> list[UUID]:
        """One document at these posts, so long ago each."""
        with at_node(POST):
            row = Crossing.objects.get(id=place.crossed())
        for name, value in changes.items():
            setattr(row, name, value)
        ids, now = [], node_time()
        Crossing.objects.all().delete()
        for node, ago in times:
            row.pk, row.node, row.at = new_id(), node, now - ago
            row.save(force_insert=True)
            ids.append(row.pk)
        return ids

    def test_raises_an_incident_once_with_both_crossings(self, hq: Place) -> None:
        ids = self.seen(hq, (POST, timedelta(hours=5)), (LABBEZANGA, timedelta(hours=2)))
        assert raise_impossible_travel() == 1
        assert raise_impossible_travel() == 0
        row = Incident.objects.get()
        assert (row.post, row.kind, row.severity) == (LABBEZANGA, "border", "high")
        assert {link.crossing for link in IncidentLink.objects.all()} == set(ids)
        why = incident_page(row).why
        for told in ("Kourémalé", "Labbezanga", "1078", "180"):
            assert told in why
        assert "SP0000001" not in why

    @pytest.mark.parametrize(
        ("times", "changes"),
        [
            (((POST, 14), (LABBEZANGA, 2)), {}),
            (((POST, 5), (POST, 4)), {}),
            (((POST, 300), (LABBEZANGA, 299)), {}),
            (((POST, 5), (LABBEZANGA, 4)), {"recorded": Recorded.PAPER}),
            (((POST, 5), (LABBEZANGA, 4)), {"document_key": ""}),
            (((POST, 5), (LABBEZANGA, 4)), {"document_issuer": ""}),
        ],
    )
    def test_raises_nothing_on_what_can_be(
        self, hq: Place, times: tuple[tuple[UUID, int], ...], changes: dict[str, Any]
    ) -> None:
        self.seen(hq, *((post, timedelta(hours=ago)) for post, ago in times), **changes)
        assert raise_impossible_travel() == 0

    def test_raises_nothing_without_a_place(self, hq: Place) -> None:
        Post.objects.filter(id=LABBEZANGA).update(latitude=None)
        self.seen(hq, (POST, timedelta(hours=5)), (LABBEZANGA, timedelta(hours=4)))
        assert raise_impossible_travel() == 0

    def test_raises_nothing_between_neighbours(self, hq: Place) -> None:
        Post.objects.filter(id=LABBEZANGA).update(latitude=12.05, longitude=-8.781)
        self.seen(hq, (POST, timedelta(minutes=3)), (LABBEZANGA, timedelta(minutes=2)))
        assert raise_impossible_travel() == 0

    def test_a_distance_is_that_of_the_globe(self) -> None:
        assert kilometres((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
        assert kilometres((12.65, -8.0), (13.51, 2.11)) == pytest.approx(1098, abs=5)
        assert kilometres((90, 0), (-90, 0)) == pytest.approx(20015, abs=2)

    def test_asks_no_more_than_a_few_questions_of_the_database(
        self, hq: Place, django_assert_max_num_queries: Any
    ) -> None:
        self.seen(hq, (POST, timedelta(hours=5)))
        with django_assert_max_num_queries(4):
            travel.raise_impossible_travel()


class TestAHealthCluster:
    @staticmethod
    def referred(
        place: Place,
        number: int,
        origin: str = "Siguiri",
        reason: ReferralReason = ReferralReason.HEALTH,
        ago: timedelta = timedelta(),
    ) -> UUID:
        inspection = lane.scan(place.aminata, new_id(), paper(number=f"SP00000{number}"))
        lane.set_journey(place.aminata, Journey(origin=origin))
        lane.refer(place.aminata, [inspection.id], reason)
        at: datetime = node_time() - ago
        Crossing.objects.filter(id=inspection.id).update(at=at)
        return inspection.id

    def test_raises_an_incident_once_with_their_crossings(self, place: Place) -> None:
        ids = [self.referred(place, 10), self.referred(place, 11, " SIGUIRI ")]
        assert raise_health_clusters() == 0
        ids.append(self.referred(place, 12))
        assert raise_health_clusters() == 1
        assert raise_health_clusters() == 0
        row = Incident.objects.get()
        assert (row.node, row.kind, row.people, row.officer) == (POST, "health", 3, None)
        assert {link.crossing for link in IncidentLink.objects.all()} == set(ids)
        assert "3 " in incident_page(row).why
        assert JournalEntry.objects.filter(kind="incident.alerted").count() == 1

    def test_who_comes_later_is_added(self, place: Place) -> None:
        for number in (10, 11, 12):
            self.referred(place, number)
        raise_health_clusters()
        self.referred(place, 13)
        assert raise_health_clusters() == 0
        row = Incident.objects.get()
        assert row.people == 4
        assert IncidentLink.objects.count() == 4

    def test_those_told_of_once_raise_no_second_when_it_is_closed(self, place: Place) -> None:
        for number in (10, 11, 12):
            self.referred(place, number)
        raise_health_clusters()
        row = Incident.objects.get()
        services.close(place.boubacar, row.id, issue_id(), Outcome.FALSE_ALARM)
        self.referred(place, 13)
        assert raise_health_clusters() == 0
        assert Incident.objects.count() == 1

    def test_those_told_of_once_raise_no_second_when_it_is_erased(self, place: Place) -> None:
        for number in (10, 11, 12):
            self.referred(place, number)
        raise_health_clusters()
        self.referred(place, 13)
        raise_health_clusters()
        erased()
        assert raise_health_clusters() == 0
        # Nor when the first of them is gone, by whom the cause was known.
        Crossing.objects.order_by("at")[0].delete()
        assert raise_health_clusters() == 0
        for number in (14, 15, 16):
            self.referred(place, number)
        assert raise_health_clusters() == 1
        assert Incident.objects.get().people == 3

    @pytest.mark.parametrize(
        "third",
        [
            {"origin": "Kankan"},
            {"origin": ""},
            {"reason": ReferralReason.ASKED},
            {"ago": timedelta(hours=25)},
        ],
    )
    def test_raises_nothing_on_fewer(self, place: Place, third: dict[str, Any]) -> None:
        self.referred(place, 10)
        self.referred(place, 11)
        self.referred(place, 12, **third)
        assert raise_health_clusters() == 0
