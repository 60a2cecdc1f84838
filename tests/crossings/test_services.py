"""What is done at a lane: scanning, deciding, once and only once, and nothing lost on the way."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import POST
from tests.crossings.conftest import (
    AMINATA,
    LIST_LIMIT,
    OUMOU,
    child,
    codes,
    listed,
    paper,
    publish,
    publish_list,
    rules_of,
    scan,
    years_ago,
)
from tests.support.cast import refusal

from openmidas.crossings import facts, services
from openmidas.crossings.entries import InspectionCancelled, ReferralReason
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Inspection,
    Journey,
    Purpose,
    State,
    Traveller,
)
from openmidas.crossings.local import Standing
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.documents import PartialDate
from openmidas.journal import Actor
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import node_time

MINUTES = 10
"""After which the same document is nothing to look at, as the post is laid out."""


def admit(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.admit(actor, [inspection.id for inspection in inspections])


def refer(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.refer(actor, [inspection.id for inspection in inspections])


def cancel(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.cancel(actor, [inspection.id for inspection in inspections])


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    """The node's clock goes on."""
    now = node_time() + timedelta(**span)
    monkeypatch.setattr(facts, "node_time", lambda: now)


def own_entries(kind: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(node=POST, kind=kind))


def statuses() -> list[str]:
    return sorted(Crossing.objects.values_list("status", flat=True))


@pytest.mark.usefixtures("post")
class TestScan:
    def test_who_is_clear_crosses_with_all_that_the_decision_rests_on(self) -> None:
        inspection = scan(paper())
        assert inspection.state is State.CLEAR
        assert admit(inspection) == [inspection.id]
        crossing = Crossing.objects.get()
        assert (crossing.id, crossing.status, crossing.node) == (inspection.id, "admitted", POST)
        assert (crossing.officer, crossing.role) == (AMINATA.officer, "primary")
        assert (crossing.lane, crossing.direction) == ("1", "entry")
        assert crossing.inspected() == inspection
        used = [(edition.kind, edition.age_days) for edition in crossing.inspected().editions]
        assert used == [("list", 0), ("rules", 0)]
        assert services.standing("1") == []

    def test_what_is_no_zone_is_refused(self) -> None:
        with refusal("scan.unreadable"):
            scan("P<MLIKEITA<<MARIAM")

    def test_a_stale_list_is_never_clear_and_keeps_nobody_back(self, tmp_path: Path) -> None:
        publish_list(tmp_path, days_old=0)
        later_list = LIST_LIMIT + 1
        inspection = self._with_list(tmp_path, later_list)
        assert inspection.state is State.LOOK
        (stale,) = [finding for finding in inspection.findings if finding.code == "list_stale"]
        assert stale.params["age_days"] == str(later_list)
        assert admit(inspection) == [inspection.id]

    def test_stop_is_not_admitted_by_request_but_referred(self) -> None:
        inspection = scan(listed())
        assert inspection.state is State.STOP
        hit = inspection.findings[0]
        assert (hit.code, hit.params["listing"], hit.params["level"]) == (
            "list_hit",
            "TSi.001",
            "strong",
        )
        assert {one.field for one in hit.evidence if one.agrees} >= {"name", "birth"}
        with refusal("stop.at_primary"):
            admit(inspection)
        assert services.standing("1") == [inspection]
        refer(inspection)
        assert Crossing.objects.get().status == "referred"

    def test_a_weak_hit_is_only_looked_at(self) -> None:
        inspection = services.type_in(
            AMINATA, new_id(), Traveller(surname="Tireur Zanko", nationality="MLI"), Document()
        )
        (hit,) = [finding for finding in inspection.findings if finding.code == "list_hit"]
        assert (hit.params["level"], inspection.state) == ("weak", State.LOOK)
        assert admit(inspection)

    def test_a_lane_holds_one_traveller(self) -> None:
        first = scan(paper())
        with refusal("lane.occupied"):
            scan(paper(number="SP0000002"))
        assert services.standing("1") == [first]

    def test_needs_a_lane(self) -> None:
        with refusal("request.broken"):
            scan(paper(), Actor(AMINATA.officer, "primary"))

    def test_costs_few_queries(self) -> None:
        scan(paper(), OUMOU)
        checked = []
        inspect = services.Checker.inspect
        with CaptureQueriesContext(connection) as all_of_it, pytest.MonkeyPatch.context() as patch:

            def counting(self: services.Checker, *args: Any, **more: Any) -> Inspection:
                with CaptureQueriesContext(connection) as queries:
                    checked.append(queries)
                    return inspect(self, *args, **more)

            patch.setattr(services.Checker, "inspect", counting)
            scan(paper(number="SP0000002"))
        assert [len(queries) for queries in checked] == [2]
        assert len(all_of_it) <= 20

    @staticmethod
    def _with_list(folder: Path, days_old: int) -> Inspection:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "openmidas.lists.in_use.today",
                lambda: timezone.localdate() + timedelta(days=days_old),
            )
            return scan(paper())


@pytest.mark.usefixtures("bare_post")
def test_without_lists_and_rules_nobody_is_clear() -> None:
    inspection = scan(paper())
    assert codes(inspection) >= {"no_list", "no_rules"}
    assert inspection.state is State.LOOK
    assert admit(inspection)


@pytest.mark.usefixtures("post")
class TestSameDocument:
    def test_within_ten_minutes_at_whichever_lane(self, monkeypatch: pytest.MonkeyPatch) -> None:
        admit(scan(paper()))
        later(monkeypatch, minutes=MINUTES - 1)
        again = scan(paper(), OUMOU)
        (found,) = [finding for finding in again.findings if finding.code == "same_document"]
        assert found.params == {"minutes": "9", "lane": "1", "outcome": "admitted"}
        assert again.state is State.LOOK

    def test_later_it_is_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        admit(scan(paper()))
        later(monkeypatch, minutes=MINUTES + 1)
        assert scan(paper()).state is State.CLEAR

    def test_while_its_holder_waits_at_the_second_line(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refer(scan(paper()))
        later(monkeypatch, hours=5)
        (found,) = [f for f in scan(paper(), OUMOU).findings if f.code == "same_document"]
        assert found.params["outcome"] == "referred"

    def test_open_at_another_lane(self) -> None:
        scan(paper())
        assert "open_elsewhere" in codes(scan(paper(), OUMOU))

    def test_a_number_typed_in_another_way_is_the_same(self) -> None:
        scan(paper())
        typed = services.type_in(
            OUMOU,
            new_id(),
            Traveller(surname="Mariam Keïta", nationality="MLI"),
            Document(code="P", number="sp 0000-001"),
        )
        assert "open_elsewhere" in codes(typed)

    def test_another_states_document_with_that_number_is_another(self) -> None:
        scan(paper())
        assert "open_elsewhere" not in codes(scan(paper(state="GIN"), OUMOU))

    def test_twice_in_one_group(self) -> None:
        scan(paper(), group=True)
        again = scan(paper(), group=True)
        assert all("open_elsewhere" in codes(one) for one in services.standing("1"))
        cancel(again)
        assert "open_elsewhere" not in codes(services.standing("1")[0])


@pytest.mark.usefixtures("post")
class TestOnceOnly:
    def test_a_repeated_scan_is_the_same_inspection(self) -> None:
        id = new_id()
        first = services.scan(AMINATA, id, paper())
        assert services.scan(AMINATA, id, paper()) == first
        assert Standing.objects.count() == 1

    def test_another_document_under_the_same_id_is_not_taken_for_it(self) -> None:
        id = new_id()
        services.scan(AMINATA, id, paper())
        with refusal("lane.occupied"):
            services.scan(AMINATA, id, paper(number="SP0000002"))

    def test_admitted_twice_is_one_crossing(self) -> None:
        inspection = scan(paper())
        assert admit(inspection) == admit(inspection) == [inspection.id]
        assert services.admit(AMINATA, [inspection.id, inspection.id]) == [inspection.id]
        assert len(own_entries("crossing.admitted")) == 1

    def test_named_twice_in_one_request_is_one_crossing(self) -> None:
        inspection = scan(paper())
        admit(inspection, inspection)
        assert len(own_entries("crossing.admitted")) == 1

    def test_a_scan_sent_again_after_the_decision_stays_decided(self) -> None:
        inspection = scan(paper())
        admit(inspection)
        with refusal("scan.decided"):
            services.scan(AMINATA, inspection.id, paper())

    @pytest.mark.parametrize("decide", [admit, refer, cancel])
    @pytest.mark.parametrize("after", [admit, refer, cancel])
    def test_decided_stays_decided(self, decide: Any, after: Any) -> None:
        inspection = scan(paper())
        decide(inspection)
        before = JournalEntry.objects.count()
        if after is decide:
            after(inspection)
        else:
            with refusal("scan.decided"):
                after(inspection)
        assert JournalEntry.objects.count() == before

    def test_somebody_elses_lane_is_not_decided_on(self) -> None:
        inspection = scan(paper())
        with refusal("scan.unknown"):
            admit(inspection, actor=OUMOU)
        with refusal("scan.unknown"):
            services.scan(OUMOU, inspection.id, paper())

    def test_nothing_is_lost_when_the_disk_fails_half_way(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = [scan(paper(number=f"SP000001{n}"), group=True) for n in range(3)]
        record, done = services.record, []

        def failing(content: Any, *, actor: Actor) -> JournalEntry:
            if len(done) == 2:
                raise OSError("disk full")
            done.append(content)
            return record(content, actor=actor)

        monkeypatch.setattr(services, "record", failing)
        with pytest.raises(OSError, match="disk full"):
            admit(*here)
        assert services.standing("1") == here
        assert not Crossing.objects.exists()
        assert not own_entries("crossing.admitted")


@pytest.mark.usefixtures("post")
class TestCancelled:
    def test_findings_stay_in_the_journal(self) -> None:
        inspection = scan(listed())
        cancel(inspection)
        (entry,) = own_entries("inspection.cancelled")
        content = decode_body(bytes(entry.body or b"")).read()
        assert isinstance(content, InspectionCancelled)
        assert content.inspection == inspection
        row = CancelledInspection.objects.get()
        assert (row.id, row.state, row.officer) == (inspection.id, "stop", AMINATA.officer)
        assert services.standing("1") == []


@pytest.mark.usefixtures("post")
class TestGroup:
    def test_three_scans_one_decision(self) -> None:
        here = [scan(paper(number=f"SP000001{n}"), group=True) for n in range(3)]
        assert services.standing("1") == here
        admit(*here)
        assert statuses() == ["admitted"] * 3
        assert len(set(Crossing.objects.values_list("group", flat=True))) == 1

    def test_nobody_joins_who_was_not_scanned_as_a_group(self) -> None:
        scan(paper())
        with refusal("lane.occupied"):
            scan(paper(number="SP0000002"), group=True)

    def test_is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("openmidas.crossings.groups.MAX_GROUP", 1)
        scan(paper(), group=True)
        with refusal("group.full"):
            scan(paper(number="SP0000002"), group=True)

    def test_stop_holds_the_group_until_it_is_referred(self) -> None:
        clear, stopped = scan(paper(), group=True), scan(listed(), group=True)
        with refusal("stop.at_primary"):
            admit(clear, stopped)
        assert len(services.standing("1")) == 2
        refer(stopped)
        admit(clear)
        assert statuses() == ["admitted", "referred"]

    def test_a_child_is_looked_at_until_an_adult_stands_there(self) -> None:
        alone = scan(child(), group=True)
        assert "child_alone" in codes(alone)
        adult = scan(paper(), group=True)
        assert "child_alone" not in codes(services.standing("1")[0])
        refer(adult)
        assert "child_alone" in codes(services.standing("1")[0])

    def test_a_child_that_follows_an_adult_is_not_alone(self) -> None:
        scan(paper(), group=True)
        assert scan(child(), group=True).state is State.CLEAR

    def test_who_may_be_a_child_is_no_company(self) -> None:
        about = PartialDate(years_ago(20).year, approximate=True)  # 15 to 25
        services.type_in(
            AMINATA,
            new_id(),
            Traveller(surname="Awa", birth=about, nationality="MLI"),
            Document(),
            group=True,
        )
        assert "child_alone" in codes(scan(child(), group=True))

    def test_a_bus_is_not_checked_again_for_everybody_who_joins(self) -> None:
        scan(paper(), group=True)
        with pytest.MonkeyPatch.context() as patch:
            checked = []
            inspect = services.Checker.inspect
            patch.setattr(
                services.Checker,
                "inspect",
                lambda self, one, **more: checked.append(one) or inspect(self, one, **more),
            )
            scan(paper(number="SP0000002"), group=True)
        assert len(checked) == 1


@pytest.mark.usefixtures("post")
class TestJourney:
    def test_is_remembered_and_checked_again(self) -> None:
        guest = scan(paper(state="GIN"))
        assert guest.stay is not None
        assert "stay_until" in codes(guest)
        journey = Journey(direction=Direction.EXIT, purpose=Purpose.TRADE, origin="Siguiri")
        (again,) = services.set_journey(AMINATA, journey)
        assert again == services.standing("1")[0]
        assert (again.journey, again.stay) == (journey, None)
        assert "no_entry_here" in codes(again)
        cancel(again)
        assert scan(paper()).journey == journey
        assert services.lane_journey("2") == Journey()

    def test_the_exit_is_measured_by_the_entry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        admit(scan(paper(state="GIN")))
        services.set_journey(AMINATA, Journey(direction=Direction.EXIT))
        later(monkeypatch, days=91)
        late = scan(paper(state="GIN"))
        (overstay,) = [finding for finding in late.findings if finding.code == "overstay"]
        assert overstay.params["days"] == "2"
        admit(late)
        later(monkeypatch, days=20)
        assert "no_entry_here" in codes(scan(paper(state="GIN")))  # came back elsewhere


@pytest.mark.usefixtures("post")
class TestTyped:
    def test_no_document_is_looked_at(self) -> None:
        birth = PartialDate(years_ago(30).year)
        traveller = Traveller(surname="Fatoumata Sow", birth=birth, nationality="GIN", sex="F")
        inspection = services.type_in(AMINATA, new_id(), traveller, Document())
        assert "no_document" in codes(inspection)
        admit(inspection)
        row = Crossing.objects.get()
        assert (row.surname, row.birth, row.document_key) == ("Fatoumata Sow", birth.text(), "")

    @pytest.mark.parametrize(
        ("traveller", "document", "code"),
        [
            (Traveller(surname="A" * 121), Document(), "field.too_long"),
            (Traveller(nationality="MALI"), Document(), "field.too_long"),
            (Traveller(surname="A\0B"), Document(), "field.unprintable"),
            (Traveller(), Document(number="1" * 41), "field.too_long"),
        ],
    )
    def test_what_no_column_takes_is_refused(
        self, traveller: Traveller, document: Document, code: str
    ) -> None:
        with refusal(code):
            services.type_in(AMINATA, new_id(), traveller, document)
        with refusal("field.too_long"):
            services.set_journey(AMINATA, Journey(origin="A" * 81))


@pytest.mark.usefixtures("post")
def test_a_closed_border_stops_until_an_exemption_is_named() -> None:
    today = timezone.localdate()
    closed = f"""
        [[closures]]
        code = "test"
        hosts = ["MLI"]
        from = {today}
        exempt_purposes = ["health"]
    """
    publish(rules_of(today, closed))
    stopped = scan(paper(state="GIN"))
    assert stopped.findings[0].code == "border_closed"
    with refusal("stop.at_primary"):
        admit(stopped)
    (free,) = services.set_journey(AMINATA, Journey(purpose=Purpose.HEALTH))
    assert free.state is State.CLEAR
    assert admit(free)


def test_referral_keeps_its_reason(post: None) -> None:
    inspection = scan(paper())
    services.refer(AMINATA, [inspection.id], ReferralReason.ASKED)
    assert Crossing.objects.get().reason == "asked"


@pytest.mark.django_db(transaction=True)
def test_of_two_scans_at_one_lane_at_once_one_is_refused(post: None) -> None:
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def try_it(number: str) -> None:
        ready.wait()
        try:
            scan(paper(number=number))
            outcomes.append("stands")
        except services.Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(f"SP000002{n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["lane.occupied", "stands"]
    assert len(services.standing("1")) == 1
