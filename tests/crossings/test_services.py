"""What is done at a lane: scanning, typing, telling where travellers go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmidas.crossings import services
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Inspection,
    Journey,
    Purpose,
    State,
    Traveller,
)
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.documents import PartialDate
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from tests.conftest import POST
from tests.crossings.conftest import (
    AMINATA,
    LIST_LIMIT,
    OUMOU,
    admit,
    cancel,
    child,
    codes,
    later,
    listed,
    paper,
    publish,
    publish_list,
    refer,
    rules_of,
    scan,
    years_ago,
)
from tests.support.cast import refusal


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

    @pytest.mark.parametrize(
        "raw",
        [
            "P<MLIKEITA<<MARIAM",
            "",
            "\0\ufffd" * 50,
            paper().splitlines()[0],
            "X" * 88,
            "noise " + paper().replace("MLI9", "MLI8"),
        ],
    )
    def test_what_is_no_zone_is_refused(self, raw: str) -> None:
        with refusal("scan.unreadable"):
            scan(raw)

    def test_a_changed_document_stands_there_with_what_is_wrong(self) -> None:
        """It is looked at and recorded, whatever becomes of it: that somebody showed it is a fact."""
        inspection = scan(paper().replace("SP", "SR"))
        assert inspection.state is State.LOOK
        assert {
            finding.params["field"]
            for finding in inspection.findings
            if finding.code == "check_digit_wrong"
        } == {
            "number",
            "composite",
        }
        services.cancel(AMINATA, [inspection.id])
        assert CancelledInspection.objects.get(id=inspection.id).state == State.LOOK

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
        inspect = Checker.inspect
        with CaptureQueriesContext(connection) as all_of_it, pytest.MonkeyPatch.context() as patch:

            def counting(self: Checker, *args: Any, **more: Any) -> Inspection:
                with CaptureQueriesContext(connection) as queries:
                    checked.append(queries)
                    return inspect(self, *args, **more)

            patch.setattr(Checker, "inspect", counting)
            scan(paper(number="SP0000002"))
        assert [len(queries) for queries in checked] == [2]
        assert len(all_of_it) <= 21


@pytest.mark.usefixtures("bare_post")
class TestWithoutFreshLists:
    def test_with_neither_lists_nor_rules_nobody_is_clear(self) -> None:
        inspection = scan(paper())
        assert codes(inspection) >= {"no_list", "no_rules"}
        assert inspection.state is State.LOOK
        assert admit(inspection)

    def test_a_stale_list_is_never_clear_and_keeps_nobody_back(self, tmp_path: Path) -> None:
        publish(rules_of(timezone.localdate()))
        publish_list(tmp_path, days_old=LIST_LIMIT + 1)
        inspection = scan(paper())
        assert inspection.state is State.LOOK
        (stale,) = [finding for finding in inspection.findings if finding.code == "list_stale"]
        assert stale.params["age_days"] == str(LIST_LIMIT + 1)
        assert admit(inspection)


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


def test_a_dead_battery_turns_nothing_back(post: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 946_684_800 * 10**9)  # 1 January 2000
    young = scan(child())
    assert "child_alone" in codes(young)
    expired = timezone.localdate() - timedelta(days=1)
    assert "document_expired" in codes(scan(paper(expiry=expired), OUMOU))
    admit(young)
    assert Crossing.objects.get().at.date() == timezone.now().date()
