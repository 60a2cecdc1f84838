"""What other systems are told of posts and of how they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from openmidas.api.scopes import Scope
from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from tests.api.conftest import Asker
from tests.conftest import HQ, POST
from tests.crossings.test_hq_pages import admit, inspection
from tests.support.cast import Cast

Make = Callable[..., Asker]
SECOND = UUID("01900000-0000-7000-8000-000000000002")


def test_posts_that_are_laid_out_and_others(asker: Make) -> None:
    EnrolledNode.objects.create(
        id=SECOND, node=HQ, kind=NodeKind.POST, name="Labbezanga", state="MLI", epoch=1,
        public_key=b"", certificate="", enrolled_at=timezone.now(),
    )  # fmt: skip
    told = asker(Scope.FLOWS).ask("posts")["posts"]
    assert [one["name"] for one in told] == ["Kourémalé", "Labbezanga"]
    assert told[1] == {
        "id": str(SECOND), "name": "Labbezanga", "latitude": None, "longitude": None, "hours": [],
    }  # fmt: skip


def test_health(asker: Make, at_hq: Cast) -> None:
    Peer.objects.create(
        id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"", certificate="",
        fingerprint="f", last_contact=timezone.now(), clock_ahead=-900_000, waiting=17,
    )  # fmt: skip
    admit(at_hq, inspection())
    Journal.objects.filter(node=POST).update(stopped="journal.fork")
    (told,) = asker(Scope.HEALTH).ask("health")["posts"]
    assert told["post"] == str(POST)
    assert (told["to_come"], told["clock_seconds"], told["stopped"]) == (17, -900, True)
    assert (told["reachable"], told["silent"]) == (True, False)
    assert told["lists"][0]["dated"] == "2026-02-27"
    assert told["last_crossing"] is not None


def test_a_silent_post(asker: Make) -> None:
    Peer.objects.create(
        id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"", certificate="",
        fingerprint="f", last_contact=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    (told,) = asker(Scope.HEALTH).ask("health")["posts"]
    assert (told["reachable"], told["silent"]) == (False, True)
