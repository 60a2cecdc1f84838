"""What the HQ sees of its posts, and what only after a look-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

import openmidas
from openmidas.crossings import overview
from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingReferred,
    CrossingResolved,
    Outcome,
    ReferralReason,
    RefusalReason,
)
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Evidence,
    Finding,
    HowRead,
    Inspection,
    Journey,
    Severity,
    Traveller,
    UsedEdition,
)
from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
from openmidas.journal import Actor, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.local import HeldReceipt, Quarantined, RefusedSegment
from openmidas.journal.models import Journal, new_id
from openmidas.journal.store import lock_journal, receive
from openmidas.lists.services import import_un
from openmidas.nodes.entries import HeldEdition, NodeReported
from openmidas.nodes.local import Peer, StickNote
from openmidas.nodes.services import record
from openmidas.posts.models import Lookup
from tests.conftest import HQ, POST
from tests.exchange.peers import befriend
from tests.support.cast import Cast, acting, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")

SAMPLE = Path(openmidas.__file__).parent / "lists/samples/un-consolidated-2026-02-27.xml.gz"
HIT = Finding(
    code="list_hit",
    severity=Severity.STOP,
    params={
        "list": "UN", "listing": "CDi.001", "name": "ERIC BADEGE", "level": "strong",
        "programme": "DRC", "edition_date": "2026-02-27", "age_days": "12",
    },
    evidence=(Evidence("name", True, "BADEGE ERIC", "ERIC BADEGE"),),
)  # fmt: skip


def inspection(
    surname: str = "KEITA", nationality: str = "MLI", direction: Direction = Direction.ENTRY,
    findings: tuple[Finding, ...] = (),
) -> Inspection:  # fmt: skip
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(
            surname=surname,
            given_names="AWA",
            birth=PartialDate(1971),
            sex="F",
            nationality=nationality,
        ),
        document=Document(code="P", number="A1234567", issuer=nationality, how_read=HowRead.MRZ),
        journey=Journey(direction=direction, origin="Siguiri"),
        findings=findings,
        editions=(
            UsedEdition(kind="list", code="un", edition=None, dated="2026-02-27", age_days=12),
        ),
    )


@pytest.fixture
def at_hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


def admit(cast: Cast, one: Inspection) -> UUID:
    with at_node(POST), transaction.atomic():
        record(
            CrossingAdmitted(inspection=one, reason=AdmissionReason.CLEAR),
            actor=acting(cast.aminata, "1"),
        )
    return one.id


def refuse(cast: Cast, one: Inspection) -> UUID:
    with at_node(POST), transaction.atomic():
        record(
            CrossingReferred(inspection=one, reason=ReferralReason.FINDINGS),
            actor=acting(cast.aminata, "1"),
        )
        record(
            CrossingResolved(
                crossing=one.id,
                outcome=Outcome.REFUSED,
                refusal=RefusalReason.LIST,
                note="Compared the photo.",
            ),
            actor=acting(cast.boubacar),
        )
    return one.id


def english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


def page(client: Client, name: str, **asked: str) -> str:
    response = client.get(reverse(name), asked)
    assert response.status_code == 200
    return response.content.decode()


class TestCrossings:
    def test_nothing_yet_says_how_they_come(self, at_hq: Cast) -> None:
        said = page(english(client_of(at_hq.djibril)), "hq-crossings")
        assert "No crossing has arrived yet." in said
        assert reverse("hq-nodes") in said

    def test_shows_what_crossed_and_not_who(self, at_hq: Cast) -> None:
        id = admit(at_hq, inspection(findings=(HIT,)))
        for officer in (at_hq.djibril, at_hq.idrissa, at_hq.kadiatou):
            said = page(english(client_of(officer)), "hq-crossings")
            assert reverse("hq-crossing", args=[id]) in said
            assert "Kourémalé" in said
            assert "1 hit" in said
            assert "KEITA" not in said
            assert "A1234567" not in said

    def test_the_day_reconciles_with_its_parts(self, at_hq: Cast) -> None:
        admit(at_hq, inspection())
        admit(at_hq, inspection())
        admit(at_hq, inspection(direction=Direction.EXIT))
        refuse(at_hq, inspection())
        yesterday = admit(at_hq, inspection())
        Crossing.objects.filter(id=yesterday).update(at=timezone.now() - timedelta(days=1))
        days = overview.today_by_post()
        assert [(d.post, d.entries, d.exits, d.refused, d.waiting) for d in days] == [
            ("Kourémalé", 2, 1, 1, 0)
        ]
        summed = overview.total([*days, *days])
        assert (summed.entries, summed.exits, summed.refused) == (4, 2, 2)

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({}, 3),
            ({"direction": "exit"}, 1),
            ({"status": "refused"}, 1),
            ({"nationality": "NER"}, 1),
            ({"post": str(POST)}, 3),
            ({"day": "2001-01-01"}, 0),
            ({"nationality": "NER", "direction": "exit"}, 0),
        ],
    )
    def test_chooses(self, asked: dict[str, str], count: int, at_hq: Cast) -> None:
        admit(at_hq, inspection(nationality="NER"))
        admit(at_hq, inspection(direction=Direction.EXIT))
        refuse(at_hq, inspection())
        said = page(client_of(at_hq.djibril), "hq-crossings", **asked)
        assert said.count("/hq/crossings/0") == count

    def test_a_choice_that_is_none_is_told(self, at_hq: Cast) -> None:
        url = reverse("hq-crossings")
        response = client_of(at_hq.djibril).get(url, {"direction": "up", "day": "soon"})
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"direction", "day"}

    def test_pages_keep_the_choice(self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(overview, "ON_A_PAGE", 2)
        ids = [admit(at_hq, inspection()) for _ in range(3)]
        client = client_of(at_hq.djibril)
        first = page(client, "hq-crossings", direction="entry")
        assert "?direction=entry&amp;page=2" in first
        assert [str(id) in first for id in ids] == [False, True, True]
        second = page(client, "hq-crossings", direction="entry", page="2")
        assert [str(id) in second for id in ids] == [True, False, False]
        assert "page=1" in second
        assert page(client, "hq-crossings", page="x").count("/hq/crossings/0") == 2

    def test_a_script_gets_the_tables_alone(self, at_hq: Cast) -> None:
        admit(at_hq, inspection())
        response = client_of(at_hq.djibril).get(
            reverse("hq-crossings"), headers={"HX-Request": "true"}
        )
        assert b"<html" not in response.content
        assert b"/hq/crossings/0" in response.content


class TestCrossing:
    def test_asks_for_a_purpose_first(self, at_hq: Cast) -> None:
        url = reverse("hq-crossing", args=[admit(at_hq, inspection())])
        client = english(client_of(at_hq.djibril))
        assert "KEITA" not in client.get(url).content.decode()
        response = client.post(url, {"purpose": "other", "reason": "short"})
        assert response.status_code == 422
        assert "KEITA" not in response.content.decode()
        assert not Lookup.objects.exists()

    def test_tells_all_once_the_look_up_is_written(self, at_hq: Cast) -> None:
        id = refuse(at_hq, inspection(surname="BADEGE", findings=(HIT,)))
        client = english(client_of(at_hq.kadiatou))
        response = client.post(
            reverse("hq-crossing", args=[id]), {"purpose": "complaint", "reason": "no. 4"}
        )
        said = strip_tags(response.content.decode())  # characters of a number may be marked
        for told in (
            "BADEGE", "A1234567", "CDi.001", "2026-02-27", "12 days old then", "Aminata Keïta",
            "Boubacar Traoré", "Compared the photo.", "On a list for refusal of entry", "Siguiri",
        ):  # fmt: skip
            assert told in said
        lookup = Lookup.objects.get()
        assert (lookup.purpose, lookup.query) == ("complaint", f"crossing {id}")
        assert lookup.officer == at_hq.kadiatou.id


class TestPosts:
    def peer(self) -> Peer:
        return Peer.objects.create(
            id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"",
            certificate="", fingerprint="f", last_contact=timezone.now(), clock_ahead=-900_000,
            waiting=17,
        )  # fmt: skip

    def test_nobody_enrolled_says_what_to_do(self, at_hq: Cast) -> None:
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        assert "Add a post" in said

    def test_tells_how_a_post_is(self, at_hq: Cast) -> None:
        self.peer()
        admit(at_hq, inspection())
        HeldReceipt.objects.create(
            node=POST, epoch=1, sequence=2, hash=b"", witness=HQ, at=1_790_000_000_000,
            signature=b"",
        )  # fmt: skip
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        sequence = Journal.objects.get(node=POST).sequence
        for told in (
            "Kourémalé", "connected", f"{sequence} entries here", "17 still to come",
            "written since", "-900 s", "2026-09-21", "2026-02-27",
        ):  # fmt: skip
            assert told in said
        assert "is stopped" not in said

    def test_an_old_list_at_a_post_stands_out(self, at_hq: Cast) -> None:
        self.peer()
        admit(at_hq, inspection())
        import_un(SAMPLE, actor=Actor(), limit_days=1)
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        assert 'tag--look">' in said.partition("UN list")[2]
        assert "that of 2026-02-27 has not been used there yet" in said

    def test_what_is_wrong_stands_out(self, at_hq: Cast) -> None:
        self.peer()
        Peer.objects.update(last_contact=None, last_problem="link.timeout")
        Journal.objects.filter(node=POST).update(stopped="journal.fork")
        Quarantined.objects.create(
            entry=new_id(), node=POST, epoch=1, sequence=1, kind="x", code="c", reason=""
        )
        RefusedSegment.objects.create(peer=POST, code="chain.broken", raw=b"")
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        for told in (
            "Kourémalé: the journal is stopped: two different histories", "journal.fork",
            "never heard of", "No answer came in time", "link.timeout",
            "1 entry not used yet", "1 segment refused",
        ):  # fmt: skip
            assert told in said

    def test_sticks_silence_rules_and_proof_are_told(self, at_hq: Cast) -> None:
        self.peer()
        long_ago = timezone.now() - timedelta(days=3)
        Peer.objects.update(last_contact=long_ago)
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        assert "silent" in said
        assert "It should be open around the clock." in said
        assert "not told yet" in said
        import_un(SAMPLE, actor=Actor(), limit_days=30)
        StickNote.objects.create(peer=POST, outgoing=False, made_at=long_ago, entries=1)
        StickNote.objects.create(peer=POST, outgoing=True, made_at=long_ago, entries=1)
        with at_node(POST), transaction.atomic():
            record(
                NodeReported(
                    report=new_id(), up_from=1, up_until=2, verified=7, verified_at=3,
                    editions=(
                        HeldEdition(
                            kind="rules", code="Rules", edition=new_id(), dated=date(2026, 2, 1)
                        ),
                    ),
                ),
                actor=Actor(),
            )  # fmt: skip
        said = page(english(client_of(at_hq.idrissa)), "hq-nodes")
        for told in ("taken in", "made for it", "up to 7 of", "Rules of stay", "not there"):
            assert told in said

    def test_only_who_may_open_it_gets_a_link_to_what_is_aside(self, at_hq: Cast) -> None:
        self.peer()
        Quarantined.objects.create(
            entry=new_id(), node=POST, epoch=1, sequence=1, kind="x", code="c", reason=""
        )
        link = f"{reverse('quarantine')}?post={POST}"
        for officer, has in ((at_hq.idrissa, True), (at_hq.kadiatou, True), (at_hq.djibril, False)):
            for name in ("hq-nodes", "situation"):
                said = page(english(client_of(officer)), name)
                assert "1 entry not used yet" in said
                assert (link in said) is has

    def test_since_when_entries_wait_is_when_the_last_one_here_was_written(
        self, at_hq: Cast
    ) -> None:
        pen, peer = befriend(NodeKind.POST, 3, name="Labbézanga")
        with transaction.atomic():
            receive(pen.segment(0, 2), lock_journal(pen.node, 1))
        client = english(client_of(at_hq.idrissa))
        assert "written since" not in page(client, "hq-nodes"), "nothing waits"
        Peer.objects.filter(id=peer.id).update(waiting=1, last_contact=timezone.now())
        last = decode_body(pen.entries[1].body or b"").at
        written = timezone.localtime(datetime.fromtimestamp(last / 1000, UTC))
        said = page(client, "hq-nodes")
        assert f'written since <bdi dir="ltr">{written:%Y-%m-%d %H:%M}</bdi>' in said
