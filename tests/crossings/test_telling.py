"""What the lane, the second line and the headquarters see of a hit on one of the State's own lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from openmidas.crossings import services
from openmidas.crossings.entries import HandedTo
from openmidas.crossings.inspection import Inspection, State
from openmidas.crossings.models import Crossing
from openmidas.crossings.page import counter_page, shown_findings
from openmidas.crossings.telling import (
    for_headquarters,
    for_officer,
    for_post,
    for_primary,
    tells_hand_over,
    withheld,
)
from openmidas.flows.models import Notable
from openmidas.flows.situation.notable import keep
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.national import publishing
from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import closed_to
from openmidas.posts.entries import Compartment
from openmidas.posts.roles import Role
from tests.conftest import HQ
from tests.crossings.conftest import paper
from tests.support.cast import Cast, acting, at_node, client_of, english, refusal
from tests.support.national import Desk

SECRETS = ("SANGARE", "wanted", "Wanted", "MLI-000001", "gendarmerie", "discreet", "robbery")


def zone() -> str:
    return paper(
        surname="SANGARE",
        given_names="SOULEYMANE",
        number="SP0000009",
        birth=date(1974, 3, 12),
        sex="M",
    )


@pytest.fixture
def scanned(cast: Cast) -> Any:
    """Scan him at the post, listed as the test says."""

    def scan(**listing: Any) -> Inspection:
        with at_node(HQ):
            desk = Desk(cast)
            desk.listed(**listing)
            publishing.publish(desk.fanta, desk.list)
        LISTS.forget()
        return services.scan(acting(cast.aminata, "1"), new_id(), zone())

    return scan


def words(inspection: Inspection, told_of: Any) -> str:
    """All that is said of it, in English."""
    with override("en"):
        found = shown_findings((inspection,), told_of)
    return "\n".join(
        strip_tags(f"{one.title} {one.detail} {[e.listing for e in one.evidence]}") for one in found
    )


def test_the_lane_is_told_what_to_do_and_not_why(scanned: Any) -> None:
    inspection = scanned()
    assert inspection.state is State.STOP
    lane = words(inspection, for_primary)
    assert "Refer to the second line: code 12" in lane
    assert not [secret for secret in SECRETS if secret in lane]
    page = counter_page("1", inspection.journey, [inspection])
    with override("en"):
        assert strip_tags(page.reason) == "Refer to the second line: code 12"
    second = words(inspection, for_post)
    for told in (
        "SANGARE",
        "MLI-000001",
        "Wanted for arrest. Second line.",
        "call the gendarmerie",
    ):
        assert told in second
    assert "robbery" not in second


def test_whom_to_call_about_goes_with_the_code(scanned: Any) -> None:
    inspection = scanned(action=Action.CALL_HQ)
    lane = words(inspection, for_primary)
    assert "Call headquarters: code 11" in lane
    assert "MLI-000001" in lane
    assert "SANGARE" not in lane


def test_an_open_note_lets_the_traveller_go_on(scanned: Any) -> None:
    inspection = scanned(action=Action.INFORM, category=Category.WARNING)
    assert inspection.state is not State.STOP
    assert "For your information: code 13" in words(inspection, for_primary)


def test_a_discreet_note_reaches_headquarters_and_nobody_else(scanned: Any, cast: Cast) -> None:
    inspection = scanned(action=Action.INFORM, discreet=True, category=Category.OBSERVE)
    hits = [one for one in inspection.findings if one.code == "list_hit"]
    assert len(hits) == 1
    for told_of in (for_primary, for_post):
        seen = words(inspection, told_of)
        assert not [secret for secret in SECRETS if secret in seen]
        assert "code" not in seen
    services.admit(acting(cast.aminata, "1"), [inspection.id])
    told = words(inspection, for_headquarters)
    assert "To be observed. Inform headquarters." in told
    assert "The post was shown nothing of this." in told
    crossing = Crossing.objects.get()
    Crossing.objects.update(state=State.CLEAR)  # no rules at this post make it "look closer"
    crossing.refresh_from_db()
    with at_node(HQ):
        keep(None, crossing)
    assert Notable.objects.get(id=crossing.id).hits == 1


def test_a_discreet_referral_looks_like_any_other(scanned: Any) -> None:
    inspection = scanned(action=Action.SECOND_LINE, discreet=True)
    assert inspection.state is State.LOOK
    lane = words(inspection, for_primary)
    assert "Refer to the second line: code 12" in lane
    assert not [secret for secret in SECRETS if secret in lane]
    assert "the traveller must not notice" in words(inspection, for_post)


def test_the_page_of_the_lane_holds_none_of_it(scanned: Any, cast: Cast, pages: Any) -> None:
    scanned(action=Action.SECOND_LINE, told="Armed: call the gendarmerie")
    client = client_of(cast.aminata)
    client.cookies["midas_language"] = "en"
    page = client.get("/").content.decode() + client.get("/counter/").content.decode()
    assert "Refer to the second line: code 12" in page
    assert not [secret for secret in ("MLI-000001", "gendarmerie", "arrest") if secret in page]


def test_stop_is_not_admitted_by_request(scanned: Any, cast: Cast) -> None:
    inspection = scanned()
    with refusal("stop.at_primary"):
        services.admit(acting(cast.aminata, "1"), [inspection.id])


@pytest.mark.parametrize(
    "listing",
    [
        {"action": Action.SECOND_LINE},
        {"action": Action.INFORM, "discreet": True, "category": Category.OBSERVE},
    ],
)
def test_an_officer_there_reads_of_a_closed_list_what_the_lane_does(
    scanned: Any, cast: Cast, listing: dict[str, Any]
) -> None:
    inspection = scanned(**listing)
    with at_node(HQ):
        closed = closed_to(cast.djibril)
        assert (closed, closed_to(cast.fanta)) == ({"wanted"}, set())
        NationalList.objects.update(readers=[Role.HQ_ANALYST])
        assert closed_to(cast.djibril) == set()
    told = words(inspection, for_officer(closed))
    assert ("code 12" in told) is ("discreet" not in listing)
    assert not [secret for secret in SECRETS if secret in told]
    assert (withheld(inspection.findings, closed), withheld(inspection.findings, ())) == (1, 0)
    assert for_officer(())(inspection.findings) == inspection.findings


@pytest.mark.parametrize("discreet", [True, False])
def test_the_page_of_a_crossing_there_tells_nothing_of_a_closed_list(
    scanned: Any, cast: Cast, pages: Any, discreet: bool
) -> None:
    inspection = scanned(discreet=discreet)
    services.refer(acting(cast.aminata, "1"), [inspection.id])
    client = english(client_of(cast.djibril))
    address = f"/hq/crossings/{inspection.id}/"
    with at_node(HQ):
        page = client.post(address, {"purpose": "case"}).content.decode()
        NationalList.objects.update(readers=[Role.HQ_ANALYST])
        opened = client.post(address, {"purpose": "case"}).content.decode()
    assert "1 hit is on a list that you may not look into" in page
    secrets = ("MLI-000001", "Armed: call", "Wanted for", '<table class="evidence"')
    assert not [secret for secret in secrets if secret in page]
    assert "MLI-000001" in opened
    assert '<table class="evidence"' in opened
    assert "may not look into" not in opened


@pytest.mark.parametrize(
    ("handed_to", "readers"),
    [
        (HandedTo.PROTECTION, {Compartment.ASYLUM, Compartment.TRAFFICKING}),
        (HandedTo.HEALTH, {Compartment.MEDICAL}),
        (HandedTo.CHILD_PROTECTION, {Compartment.CHILD, Compartment.TRAFFICKING}),
        (HandedTo.POLICE, {*Compartment}),
        ("", {*Compartment}),
    ],
)
def test_to_whom_somebody_was_handed_over_is_for_those_who_know_why(
    handed_to: str, readers: set[Compartment]
) -> None:
    assert {one for one in Compartment if tells_hand_over(handed_to, [one])} == readers
    assert tells_hand_over(handed_to, ()) is (len(readers) == len(Compartment))
