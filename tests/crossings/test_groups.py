"""A group at a lane: scan, scan, scan, one decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from openmidas.crossings import services
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import (
    Document,
    Inspection,
    State,
    Traveller,
)
from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id
from tests.crossings.conftest import (
    AMINATA,
    admit,
    child,
    codes,
    listed,
    paper,
    refer,
    scan,
    years_ago,
)
from tests.support.cast import refusal


def statuses() -> list[str]:
    return sorted(Crossing.objects.values_list("status", flat=True))


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
        checked: list[UUID] = []
        inspect = Checker.inspect

        def counting(self: Checker, one: Inspection, **more: Any) -> Inspection:
            checked.append(one.id)
            return inspect(self, one, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Checker, "inspect", counting)
            joined = scan(paper(number="SP0000002"), group=True)
        assert checked == [joined.id]
