"""The pages of stays: numbers that add up, overstays without names, and matches to decide."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.crossings.entries import CrossingRecorded
from openmidas.flows.models import StayMatch
from openmidas.flows.stays import over as stays_over
from openmidas.flows.stays.coverage import coverage
from openmidas.flows.stays.overview import in_country, overstays_now
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.proposing import propose
from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.local import Peer
from openmidas.posts.models import Lookup
from tests.conftest import HQ, POST
from tests.flows.stays.test_presence import told
from tests.journal.test_rebuild import arrive
from tests.support.cast import Cast, at_node, client_of
from tests.support.stays import crossed
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("pages")
WRITTEN = datetime.fromtimestamp(1_760_000_000, UTC)
"""When `tests.support.writers` writes."""
TODAY = WRITTEN.date()


@pytest.fixture
def at_hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


def english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


def page(client: Client, name: str, status: int = 200, **asked: str) -> str:
    response = english(client).get(reverse(name), asked)
    assert response.status_code == status
    return response.content.decode()


def entered(number: str, days: int, **more: object) -> CrossingRecorded:
    return crossed(number, at=WRITTEN - timedelta(days=days), **more)  # type: ignore[arg-type]


def peer(**more: object) -> None:
    Peer.objects.create(
        id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"", certificate="",
        fingerprint="f", **{"last_contact": timezone.now(), **more},
    )  # fmt: skip


class TestNumbers:
    def test_parts_and_totals_agree(self, at_hq: Cast) -> None:
        first, second = Pen(), Pen()
        for pen, nationality, more in (
            (first, "GIN", {"until": date(2025, 1, 1)}),
            (first, "GIN", {"rule": "aes"}),
            (second, "GIN", {"rule": ""}),
            (second, "NER", {"rule": "aes"}),
            (second, "", {"rule": ""}),
        ):
            number = f"D{len(first.entries)}{len(second.entries)}00000"
            pen.write(entered(number, 5, nationality=nationality, **more))
        arrive([first, second], seed=1)
        now = in_country(TODAY)
        assert (now.total.number, now.total.with_day, now.total.without_limit, now.total.unknown) == (
            5, 1, 2, 2,
        )  # fmt: skip
        for shares in (now.by_nationality, now.by_post):
            assert sum(one.number for one in shares) == now.total.number
            assert sum(one.without_limit for one in shares) == now.total.without_limit
        assert [(one.code, one.number) for one in now.by_nationality] == [
            ("GIN", 3), ("", 1), ("NER", 1),
        ]  # fmt: skip
        assert [one.number for one in now.by_post] == [3, 2]
        assert now.overstays == 1

    def test_recent_entries_count_by_day(self, at_hq: Cast) -> None:
        told(*(entered(f"D000000{n}", days) for n, days in enumerate((0, 6, 7, 29, 89, 90))))
        assert in_country(TODAY).recent == ((7, 2), (30, 4), (90, 5))

    def test_the_last_day_of_a_stay_is_within_it(self, at_hq: Cast) -> None:
        told(entered("D0000001", 9, until=TODAY))
        assert overstays_now(TODAY) == 0
        assert overstays_now(TODAY + timedelta(days=1)) == 1

    def test_nothing_yet_says_how_it_comes(self, at_hq: Cast) -> None:
        said = page(client_of(at_hq.djibril), "stays")
        assert "No document is known to be in the country." in said
        assert reverse("hq-nodes") in said

    def test_those_without_a_document_stand_apart(self, at_hq: Cast) -> None:
        told(entered("", 1, issuer=""), entered("D0000001", 1))
        said = page(client_of(at_hq.kadiatou), "stays")
        assert '<th scope="row">Without a document</th><td>1</td><td>0</td>' in said
        assert "<dt>In the country now</dt><dd>1</dd>" in said


class TestOverstays:
    def test_tells_days_post_and_rule_but_not_who(self, at_hq: Cast) -> None:
        one = entered("D0000001", 100, until=TODAY - timedelta(days=10))
        told(one, entered("D0000002", 5, until=TODAY + timedelta(days=500)))
        today = timezone.localdate()
        found = stays_over.overstays(stays_over.Wanted(), TODAY).rows
        assert [(row.days, row.rules and row.rules.dated) for row in found] == [(10, "2025-01-29")]
        said = page(client_of(at_hq.djibril), "stays-over", days=str((today - TODAY).days + 10))
        assert reverse("hq-crossing", args=[one.inspection.id]) in said
        for told_ in ("ECOWAS protocol on free movement", "Rules, ", "2025-01-29", "Guinea"):
            assert told_ in said
        for kept in ("DIALLO", "MAMADOU", "D0000001"):
            assert kept not in said
        assert "Never a basis for an automatic measure." in said

    @pytest.mark.parametrize(
        ("wanted", "numbers"),
        [
            ({}, [30, 20, 10]),
            ({"days": 11}, [30, 20]),
            ({"days": 20}, [30, 20]),
            ({"nationality": "NER"}, [20]),
            ({"nationality": "NER", "days": 21}, []),
        ],
    )
    def test_chooses(self, at_hq: Cast, wanted: dict[str, object], numbers: list[int]) -> None:
        over = {10: "GIN", 20: "NER", 30: "GIN"}
        told(
            *(
                entered(f"D00000{n}", 100, until=TODAY - timedelta(days=n), nationality=who)
                for n, who in over.items()
            )
        )
        asked = stays_over.Wanted(**wanted)  # type: ignore[arg-type]
        assert [row.days for row in stays_over.overstays(asked, TODAY).rows] == numbers
        counts = stays_over.over_counts(asked, TODAY)
        assert sum(row.number for row in counts) == len(numbers)

    def test_chooses_by_the_post_where_somebody_was_seen_last(self, at_hq: Cast) -> None:
        first, second = Pen(), Pen()
        first.write(entered("D0000001", 100, until=TODAY - timedelta(days=10)))
        second.write(entered("D0000002", 100, until=TODAY - timedelta(days=20)))
        arrive([first, second], seed=1)
        found = stays_over.overstays(stays_over.Wanted(post=second.node), TODAY)
        assert [row.days for row in found.rows] == [20]

    def test_pages_keep_the_choice(self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stays_over, "ON_A_PAGE", 2)
        told(*(entered(f"D000000{n}", 100, until=TODAY - timedelta(days=9 + n)) for n in range(3)))
        said = page(client_of(at_hq.djibril), "stays-over", nationality="GIN")
        assert "?nationality=GIN&amp;page=2" in said
        assert said.count("/hq/crossings/0") == 2
        said = page(client_of(at_hq.djibril), "stays-over", nationality="GIN", page="2")
        assert said.count("/hq/crossings/0") == 1

    def test_a_choice_that_is_none_is_told(self, at_hq: Cast) -> None:
        for name in ("stays-over", "stays-over-counts"):
            said = page(client_of(at_hq.djibril), name, 422, days="soon", post="x")
            assert 'id="id_days_error"' in said
            assert 'id="id_post_error"' in said

    def test_the_file_has_counts_and_no_person(self, at_hq: Cast) -> None:
        told(*(entered(f"D000000{n}", 100, until=TODAY - timedelta(days=9)) for n in range(3)))
        response = english(client_of(at_hq.djibril)).get(reverse("stays-over-counts"))
        assert response["Content-Type"].startswith("text/csv")
        text = response.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == ["Last known post", "Nationality", "Name of the State", "Overstays"]
        assert [row[1:] for row in rows[1:]] == [["GIN", "Guinea", "3"]]
        assert "DIALLO" not in text


class TestCoverage:
    def test_a_post_that_is_silent_or_has_more_is_named(self, at_hq: Cast) -> None:
        peer(last_contact=timezone.now() - timedelta(days=9), waiting=17)
        said = page(client_of(at_hq.djibril), "stays-over")
        assert "<strong>Kourémalé</strong>" in said
        assert "17 journal entries still to come" in said
        assert "silent" in said

    def test_a_post_that_was_never_heard_of_is_silent(self, at_hq: Cast) -> None:
        peer(last_contact=None)
        assert [(gap.silent, gap.last_contact) for gap in coverage().gaps] == [(True, None)]

    def test_a_stopped_journal_is_a_gap(self, at_hq: Cast) -> None:
        peer()
        assert coverage().gaps == ()
        Journal.objects.filter(node=POST).update(stopped="journal.fork")
        assert [gap.stopped for gap in coverage().gaps] == [True]
        assert "journal stopped" in page(client_of(at_hq.djibril), "stays")


class TestMatches:
    @pytest.fixture
    def pair(self, at_hq: Cast) -> Pair:
        entry, left = entered("D0000001", 5), crossed("E0000001", "exit", at=WRITTEN)
        told(entry, left)
        propose()
        return Pair(entry.inspection.id, left.inspection.id)

    def test_nothing_proposed_says_how_it_works(self, at_hq: Cast) -> None:
        said = page(client_of(at_hq.djibril), "stays-matches")
        assert "Nothing is proposed." in said

    def test_the_list_names_nobody(self, at_hq: Cast, pair: Pair) -> None:
        said = page(client_of(at_hq.djibril), "stays-matches")
        assert reverse("stays-match", args=[pair.id]) in said
        assert "Much alike" in said
        assert "DIALLO" not in said

    def test_names_come_after_a_look_up_for_a_purpose(self, at_hq: Cast, pair: Pair) -> None:
        url = reverse("stays-match", args=[pair.id])
        client = english(client_of(at_hq.djibril))
        for response in (client.get(url), client.post(url, {"purpose": "other", "reason": "no"})):
            assert "DIALLO" not in response.content.decode()
        assert not Lookup.objects.exists()
        said = client.post(url, {"purpose": "case", "reason": "4711"}).content.decode()
        for told_ in ("DIALLO MAMADOU", "D0000001", "E0000001", "1990-03-05", "end the stay"):
            assert told_ in said
        assert Lookup.objects.get().query == f"stay match {pair.id}"

    def test_an_analyst_decides_and_takes_back(self, at_hq: Cast, pair: Pair) -> None:
        client = english(client_of(at_hq.djibril))
        url, decide = (reverse(name, args=[pair.id]) for name in ("stays-match", "stays-decide"))
        refused = client.post(decide, {"outcome": "matched", "reason": "photo"})
        assert refused.status_code == 422
        assert "Look at who the two travellers are first" in refused.content.decode()
        assert "DIALLO" not in refused.content.decode()
        client.post(url, {"purpose": "case"})
        missing = client.post(decide, {"outcome": "matched", "reason": ""})
        assert missing.status_code == 422
        assert "DIALLO" in missing.content.decode()  # what was looked at is not lost
        said = client.post(decide, {"outcome": "matched", "reason": "photo"}, follow=True)
        assert "Recorded: one traveller." in said.content.decode()
        assert "photo" in said.content.decode()
        assert "Take the decision back" in client.post(url, {"purpose": "case"}).content.decode()
        client.post(decide, {"outcome": "open", "reason": "a brother"})
        assert StayMatch.objects.get().outcome == "open"

    def test_oversight_looks_and_does_not_decide(self, at_hq: Cast, pair: Pair) -> None:
        client = english(client_of(at_hq.kadiatou))
        url = reverse("stays-match", args=[pair.id])
        said = client.post(url, {"purpose": "oversight"}).content.decode()
        assert "DIALLO" in said
        assert "end the stay" not in said
        assert "An analyst decides." in said
