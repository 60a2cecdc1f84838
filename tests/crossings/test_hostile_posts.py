"""A post whose keys were stolen writes what it likes: the HQ goes on seeing all the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingRecorded,
    Outcome,
    RecordSource,
)
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Evidence,
    Finding,
    Inspection,
    Journey,
    Severity,
    Stay,
    Traveller,
    UsedEdition,
)
from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.flows.models import Presence
from openmidas.journal import Actor, Content, NodeKind, Receipt
from openmidas.journal.entry import Body, encode_body
from openmidas.journal.kinds import kind_of
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.segments import pack
from openmidas.nodes.entries import NodeReported
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from openmidas.posts.entries import LookupMade, OfficerEnrolled
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.cast import Cast, at_node, client_of
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("pages")

NOW = 1_760_000_000_000
YEAR_9000 = 221_845_392_000_000
NOBODY = Actor()


@pytest.fixture
def hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


def written(
    pen: Pen,
    content: Content,
    *,
    at: int = NOW,
    actor: Actor = NOBODY,
    swapped: tuple[bytes, bytes] = (b"", b""),
) -> None:
    """``swapped``: bytes of the content and what stands there instead, of the same length."""
    declared = kind_of(content)
    pen.clock += 1
    raw = msgspec.msgpack.encode(content)
    body = Body(
        kind=declared.name,
        version=1,
        audience=declared.audience,
        actor=actor,
        at=at,
        clock=pen.clock,
        clock_error=None,
        content=msgspec.Raw(raw.replace(*swapped) if swapped[0] else raw),
    )
    pen.write_raw(encode_body(body))


def bring(pen: Pen, peer: Peer) -> None:
    assert isinstance(take_segment(peer, pack(pen.segment())), Receipt)
    while run_once():
        pass


def crossing(**changed: Any) -> CrossingAdmitted:
    plain = Inspection(
        id=new_id(), lane="1", opened_at=0, traveller=Traveller(surname="KEITA"),
        document=Document(), journey=Journey(),
    )  # fmt: skip
    return CrossingAdmitted(
        inspection=msgspec.structs.replace(plain, **changed), reason=AdmissionReason.CLEAR
    )


def used(**changed: Any) -> tuple[UsedEdition, ...]:
    plain = UsedEdition(kind="list", code="un", edition=None, dated="2026-01-01", age_days=1)
    return (msgspec.structs.replace(plain, **changed),)


def found(code: str, params: dict[str, str], **more: Any) -> tuple[Finding, ...]:
    return (Finding(code=code, severity=Severity.LOOK, params=params, **more),)


NONSENSE: dict[str, dict[str, Any]] = {
    "an unknown edition": {"editions": used(kind="?", code="?", age_days=-(2**60))},
    "an unknown finding": {"findings": found("from_nowhere", {})},
    "a finding without its values": {"findings": found("list_hit", {})},
    "a finding with text for a number": {"findings": found("same_document", {"minutes": "many"})},
    "an enormous number": {"findings": found("same_document", {"minutes": "9" * 5000})},
    "strange evidence": {
        "findings": found("birth_unknown", {}, evidence=(Evidence("?", None, "<b>", "<b>", "?"),))
    },
    "a birth at the end of time": {"traveller": Traveller(birth=PartialDate(9999, 12, 31))},
    "a birth at the beginning": {"traveller": Traveller(birth=PartialDate(1, approximate=True))},
    "codes that nobody has": {
        "traveller": Traveller(sex="?", nationality="???"),
        "document": Document(code="??", number="1", issuer="???"),
    },
    "a stay by no rule": {"stay": Stay(rule="?", until="9999-12-31", days=-1)},
    "a stay without a date": {"stay": Stay(rule="?", until="soon", days=1)},
    "a NUL": {"traveller": Traveller(surname="A\0B")},
    "a very long name": {"traveller": Traveller(surname="A" * 100_000)},
}


def hq_pages(cast: Cast) -> dict[str, int]:
    seen = {}
    for officer, names in (
        (cast.djibril, ("hq-crossings", "hq-nodes")),
        (cast.kadiatou, ("lookups",)),
        (cast.idrissa, ("officers",)),
    ):
        client = client_of(officer)
        client.raise_request_exception = False
        seen |= {name: client.get(reverse(name)).status_code for name in names}
    seen |= opened_crossings(client_of(cast.djibril))
    return seen


def opened_crossings(client: Client) -> dict[str, int]:
    client.raise_request_exception = False
    purpose = {"purpose": "case"}
    return {
        f"crossing {id}": client.post(reverse("hq-crossing", args=[id]), purpose).status_code
        for id in Crossing.objects.values_list("id", flat=True)
    }


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_in_a_crossing_breaks_no_page_of_the_hq(hq: Cast, what: str) -> None:
    pen, peer = befriend(NodeKind.POST)
    written(pen, crossing())
    written(pen, crossing(**NONSENSE[what]))
    bring(pen, peer)
    assert set(hq_pages(hq).values()) == {200}


def test_a_date_that_is_none_hides_no_other_post(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    written(pen, crossing(editions=used()), swapped=(b"2026-01-01", b"yesterdays"))
    bring(pen, peer)
    assert set(hq_pages(hq).values()) == {200}
    assert Quarantined.objects.get().code == "entry.malformed"


@pytest.mark.parametrize("at", [253402300799999, 253402300800000, -62135596800000, 2**63, 0])
def test_a_time_that_nobody_can_show_breaks_no_page_of_the_hq(
    hq: Cast, at: int, settings: Any
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo" if at > 0 else "America/New_York"
    pen, peer = befriend(NodeKind.POST)
    written(pen, crossing(), at=at)
    bring(pen, peer)
    assert set(hq_pages(hq).values()) == {200}


def test_a_post_cannot_say_that_officers_of_others_acted_there(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    framed = Actor(hq.kadiatou.id, "oversight")
    look = LookupMade(lookup=new_id(), purpose="case", reason="", query="KEITA", results=1)
    written(pen, look, actor=framed)
    written(pen, crossing(), actor=framed)
    bring(pen, peer)
    page = client_of(hq.idrissa).get(reverse("lookups")).content.decode()
    assert "KEITA" in page
    assert "Kadiatou" not in page.split("<tbody>")[1]
    row = Crossing.objects.get()
    address = reverse("hq-crossing", args=[row.id])
    page = client_of(hq.djibril).post(address, {"purpose": "case"}).content.decode()
    assert "Kadiatou" not in page


def test_what_no_table_can_hold_is_set_aside(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    look = LookupMade(lookup=new_id(), purpose="case", reason="r", query="q", results=1)
    written(pen, look, actor=Actor(hq.kadiatou.id, "x\0"))
    enrolled = OfficerEnrolled(
        officer=new_id(), username="y", name="\0", roles=(), post=pen.node, until=2**62
    )
    written(pen, enrolled)
    bring(pen, peer)
    assert set(hq_pages(hq).values()) == {200}
    assert Quarantined.objects.filter(node=pen.node).count() >= 1


def test_an_entry_of_the_future_was_written_when_it_arrived(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    written(pen, crossing(), at=YEAR_9000)
    before = node_time()
    bring(pen, peer)
    assert before <= Crossing.objects.get().at <= node_time()


def test_what_arrived_at_one_moment_keeps_the_order_of_its_journal(hq: Cast) -> None:
    """Who entered, left and entered again is in the country, whatever the clock of the post says."""
    pen, peer = befriend(NodeKind.POST)
    ways = (Direction.ENTRY, Direction.EXIT, Direction.ENTRY)
    shown = Document(code="P", number="A1234567", issuer="MLI")
    for way in ways:
        passed = crossing(id=new_id(), document=shown, journey=Journey(direction=way))
        written(pen, passed, at=YEAR_9000)
    bring(pen, peer)
    rows = Crossing.objects.order_by("at")
    assert [row.direction for row in rows] == [*ways]
    assert len({row.at for row in rows}) == 3
    assert Presence.objects.get().crossing == rows[2].id


def test_a_clock_that_runs_ahead_a_little_is_believed(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    soon = round(node_time().timestamp() * 1000) + 60_000
    written(pen, crossing(), at=soon)
    bring(pen, peer)
    assert Crossing.objects.get().at == datetime.fromtimestamp(soon / 1000, UTC)


def test_a_crossing_of_a_time_that_nobody_writes_down_is_set_aside(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    of_1970 = CrossingRecorded(
        inspection=crossing().inspection, crossed_at=0, source=RecordSource.PAPER,
        outcome=Outcome.ADMITTED,
    )  # fmt: skip
    written(pen, of_1970)
    bring(pen, peer)
    assert Quarantined.objects.get().code == "entry.malformed"


def test_what_a_fast_clock_rightly_wrote_is_not_set_aside(hq: Cast) -> None:
    """A paper line of a post whose clock is two hours ahead: it took place when it arrived, at most."""
    pen, peer = befriend(NodeKind.POST)
    ahead = round(node_time().timestamp() * 1000) + 7_200_000
    line = CrossingRecorded(
        inspection=crossing().inspection, crossed_at=ahead - 60_000, source=RecordSource.PAPER,
        outcome=Outcome.ADMITTED,
    )  # fmt: skip
    written(pen, line, at=ahead)
    bring(pen, peer)
    assert not Quarantined.objects.exists()
    assert Crossing.objects.get().at <= node_time()


def test_what_is_no_nationality_is_counted_as_not_known(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    written(pen, crossing(traveller=Traveller(sex="?", nationality="m1\u00e9")))
    bring(pen, peer)
    row = Crossing.objects.get()
    assert (row.nationality, row.sex) == ("", "")
    assert row.inspected().traveller.nationality == "m1\u00e9", "what came is kept"


def test_endless_outages_break_no_page_of_the_hq(hq: Cast) -> None:
    pen, peer = befriend(NodeKind.POST)
    now = round(node_time().timestamp() * 1000)
    report = NodeReported(report=new_id(), up_from=now, up_until=now, outage=123_456)
    written(pen, report, at=now)
    written(pen, msgspec.structs.replace(report, report=new_id(), outage=10**17), at=now)
    bring(pen, peer)
    page = client_of(hq.djibril).get(reverse("situation"))
    assert page.status_code == 200
    assert Quarantined.objects.get().code == "entry.malformed"
