"""The pages of the State's own lists: two officers at work, and what each role is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.lists.editions import latest_edition
from openmidas.lists.national import proposals, publishing
from openmidas.lists.national.categories import Category
from openmidas.lists.national.models import ListingProposal, NationalList, NationalListing
from openmidas.lists.views import opened
from openmidas.nodes.services import node_day, node_time
from openmidas.posts.models import Lookup
from tests.support.cast import Cast, client_of
from tests.support.national import Desk, said

pytestmark = pytest.mark.usefixtures("pages")

OPEN = {"purpose": "lists", "reason": ""}


def english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


@pytest.fixture
def fanta(desk: Desk, cast: Cast) -> Client:
    return english(client_of(cast.fanta))


@pytest.fixture
def mariam(desk: Desk) -> Client:
    return english(client_of(desk.mariam_officer))


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "category": "arrest",
        "action": "second_line",
        "expires_on": str(node_day() + timedelta(days=90)),
        "names": "Souleymane SANGARE\nSolo",
        "births": "1974-03-12",
        "sex": "M",
        "nationalities": "MLI",
        "documents": "AA1234567, MLI, P",
        "told": "Armed: call the gendarmerie",
        "reason": "Armed robbery at Gao",
        "legal_basis": "Warrant 12/2026",
        "authority": "Court of Gao",
        "why": "asked by the court",
    }
    return {**values, **changes}


def text(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(client: Client, name: str, *args: Any, status: int = 200, **data: Any) -> str:
    response = client.post(reverse(name, args=args), data, follow=True)
    assert response.status_code == status, (response.status_code, response.context["form"].errors)
    return response.content.decode()


def opened_by(client: Client, name: str, id: UUID) -> str:
    return post(client, name, id, **OPEN)


def test_from_the_proposal_to_the_edition(desk: Desk, fanta: Client, mariam: Client) -> None:
    page = post(fanta, "listing-propose", desk.list, **typed())
    assert "Another officer must approve it" in page
    proposal = ListingProposal.objects.get()
    assert "You proposed it yourself" in page
    decide = {"decision": "approve", "digest": proposal.digest}
    assert "another officer must decide" in post(fanta, "proposal-decide", proposal.id, **decide)
    assert "MLI-000001" in text(mariam, "proposals")
    # Nothing is approved unseen, and who it is about is not shown before a look-up.
    post(mariam, "proposal-decide", proposal.id, status=409, **decide)
    assert not NationalListing.objects.exists()
    assert "SANGARE" not in text(mariam, "proposal", proposal.id)
    page = opened_by(mariam, "proposal", proposal.id)
    assert "SANGARE" in page
    assert proposal.digest in page
    assert "next edition" in post(mariam, "proposal-decide", proposal.id, **decide)
    assert "1 change is not published" in text(fanta, "national-list", desk.list)
    assert "on its way to the posts" in post(fanta, "national-list-publish", desk.list)
    edition = latest_edition("wanted")
    assert edition is not None
    assert edition.persons == 1
    assert "not published" not in text(fanta, "national-list", desk.list)


def test_a_listing_shows_its_history_and_its_particulars_after_a_look_up(
    desk: Desk, fanta: Client
) -> None:
    row = desk.listed()
    page = text(fanta, "listing", row.id)
    for told in ("Fanta Condé", "Mariam Sow", "Wanted for arrest", "The lane sees code 12."):
        assert told in page
    assert "SANGARE" not in page
    assert fanta.get(reverse("listing-change", args=[row.id])).status_code == 302
    assert "SANGARE" in opened_by(fanta, "listing", row.id)
    lookup = Lookup.objects.get()
    assert (lookup.purpose, lookup.query) == ("lists", "listing MLI-000001")


def test_particulars_close_again(
    desk: Desk, fanta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.listed()
    opened_by(fanta, "listing", row.id)
    later = node_time() + timedelta(minutes=opened.MINUTES, seconds=1)
    monkeypatch.setattr(opened, "node_time", lambda: later)
    assert "SANGARE" not in text(fanta, "listing", row.id)


@pytest.fixture
def half_an_hour_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Particulars that are open now are closed when it is called."""

    def close() -> None:
        later = node_time() + timedelta(minutes=opened.MINUTES, seconds=1)
        monkeypatch.setattr(opened, "node_time", lambda: later)

    return close


def kept_in(page: str) -> dict[str, str]:
    """What a page keeps of a form that came too late."""
    found = re.findall(r'<input type="hidden" name="(kept-[^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_a_change_that_comes_too_late_comes_back_into_its_fields(
    desk: Desk, fanta: Client, half_an_hour_later: Callable[[], None]
) -> None:
    row = desk.listed()
    opened_by(fanta, "listing", row.id)
    half_an_hour_later()
    changed = typed(why="the court lifted it", told="Unarmed", names="Solo\nSouleymane SANGARE")
    page = post(fanta, "listing-change", row.id, status=409, **changed)
    assert "It was opened too long ago" in page
    assert not ListingProposal.objects.filter(change="change").exists()
    other = {"purpose": "other", "reason": ""} | kept_in(page)
    page = post(fanta, "listing", row.id, status=422, **other)
    page = post(fanta, "listing", row.id, **OPEN, **kept_in(page))
    for word in ("the court lifted it", ">\nUnarmed</textarea>", "Solo\nSouleymane SANGARE"):
        assert word in page
    assert f'action="{reverse("listing-change", args=[row.id])}"' in page
    post(fanta, "listing-change", row.id, **changed)
    assert ListingProposal.objects.get(change="change").said().told == "Unarmed"


def test_a_refusal_that_comes_too_late_comes_back_into_its_field(
    desk: Desk, fanta: Client, mariam: Client, half_an_hour_later: Callable[[], None]
) -> None:
    post(fanta, "listing-propose", desk.list, **typed())
    proposal = ListingProposal.objects.get()
    opened_by(mariam, "proposal", proposal.id)
    half_an_hour_later()
    answer = {"decision": "refuse", "why": "The warrant is another man’s"}
    page = post(mariam, "proposal-decide", proposal.id, status=409, **answer)
    assert "SANGARE" not in page
    page = post(mariam, "proposal", proposal.id, **OPEN, **kept_in(page))
    assert 'value="The warrant is another man’s"' in page
    assert ListingProposal.objects.get().end == ""


def test_opening_for_another_reason_says_which(desk: Desk, fanta: Client) -> None:
    row = desk.listed()
    asked = {"purpose": "other", "reason": "hm"}
    response = fanta.post(reverse("listing", args=[row.id]), asked)
    assert response.status_code == 422
    assert not Lookup.objects.exists()


def test_a_change_shows_what_differs_and_that_it_is_softer(
    desk: Desk, fanta: Client, mariam: Client
) -> None:
    row = desk.listed()
    opened_by(fanta, "listing", row.id)
    form = text(fanta, "listing-change", row.id)
    assert "Souleymane SANGARE" in form
    changed = typed(action="inform", names="Souleymane SANGARE", why="the court lifted it")
    page = post(fanta, "listing-change", row.id, **changed)
    assert "This asks less of posts than before" in page
    proposal = ListingProposal.objects.get(change="change")
    assert "softer" in text(mariam, "proposals")
    page = opened_by(mariam, "proposal", proposal.id)
    assert page.count(">changed<") == 1
    refused = post(mariam, "proposal-decide", proposal.id, decision="refuse", why="no order")
    assert "no order" in refused
    row.refresh_from_db()
    assert row.action == "second_line"


def test_nothing_typed_is_lost(desk: Desk, fanta: Client) -> None:
    url = reverse("listing-propose", args=[desk.list])
    wrong = typed(births="12/03/1974", nationalities="MALI", expires_on="")
    response = fanta.post(url, wrong)
    assert response.status_code == 422
    page = response.content.decode()
    for kept in ("12/03/1974", "MALI", "Armed robbery at Gao", "This line was not understood"):
        assert kept in page
    response = fanta.post(url, typed(nationalities="XQQ"))
    assert response.context["form"].errors.keys() == {"nationalities"}
    late = typed(category="health", documents="")
    assert fanta.post(url, late).context["form"].errors.keys() == {"expires_on"}
    assert not ListingProposal.objects.exists()


def test_removing_is_proposed_from_the_listing(desk: Desk, fanta: Client) -> None:
    row = desk.listed()
    page = post(fanta, "listing-remove", row.id, why="ok", status=422)
    assert "Say why" in page
    assert 'value="ok"' in page  # what was typed is not lost
    page = post(fanta, "listing-remove", row.id, why="arrested")
    assert "The listing is to go." in page
    page = text(fanta, "listing", row.id)
    assert "waits for a second person" in page
    assert reverse("listing-remove", args=[row.id]) not in page


def test_filters_and_the_recorded_search(desk: Desk, fanta: Client) -> None:
    desk.listed()
    desk.listed(category=Category.WARNING, told="other", expires_on=node_day() + timedelta(days=5))
    page = text(fanta, "national-list", desk.list)
    assert "MLI-000001" in page
    assert "SANGARE" not in page
    assert "MLI-000001" not in text(fanta, "national-list", desk.list, category="warning")
    assert "MLI-000001" not in text(fanta, "national-list", desk.list, state="due")
    assert "There is no such listing." in text(fanta, "national-list", desk.list, action="inform")
    for asked in ("sangaré soul", "AA 1234567", "mli-000001"):
        found = post(fanta, "national-list", desk.list, text=asked, **OPEN)
        assert "SANGARE" in found, asked
    assert Lookup.objects.filter(query="wanted: AA 1234567", results=2).exists()


def test_what_is_due_is_shown_before_its_day(desk: Desk, fanta: Client) -> None:
    assert "Nothing on the lists that you keep is due." in text(fanta, "listings-due")
    desk.listed(expires_on=node_day() + timedelta(days=20))
    assert "due for review" in text(fanta, "listings-due")


def test_empty_pages_say_what_comes_next(desk: Desk, fanta: Client) -> None:
    assert "Propose the first one" in text(fanta, "national-list", desk.list)
    assert "Nothing waits." in text(fanta, "proposals")
    assert "Wanted" in text(fanta, "lists")


def test_another_list_is_kept(desk: Desk, fanta: Client, cast: Cast) -> None:
    data = {"title": "Exit bans", "limit_days": 7, "readers": ["hq_analyst"]}
    response = fanta.post(reverse("national-list-new"), {**data, "code": "wanted"})
    assert "code" in response.context["form"].errors
    post(fanta, "national-list-new", **data, code="exit-bans")
    made = NationalList.objects.get(code="exit-bans")
    assert (made.owners, made.readers, made.limit_days) == ([], ["hq_analyst"], 7)
    owners = {"title": "Bans", "limit_days": 7, "owners": [str(cast.fanta.id)]}
    response = fanta.post(reverse("national-list-settings", args=[made.id]), owners)
    assert "owners" in response.context["form"].errors


def test_a_list_is_read_by_whom_it_names(desk: Desk, cast: Cast) -> None:
    row = desk.listed()
    analyst = english(client_of(cast.djibril))
    for name, id in (("national-list", desk.list), ("listing", row.id)):
        assert analyst.get(reverse(name, args=[id])).status_code == 403
    assert "Wanted" not in text(analyst, "lists")
    publishing.configure(
        desk.fanta, list=desk.list, code="", title="Wanted", readers=("hq_analyst",)
    )
    assert "MLI-000001" in text(analyst, "national-list", desk.list)
    page = opened_by(analyst, "listing", row.id)
    assert "SANGARE" in page
    assert reverse("listing-change", args=[row.id]) not in page


def test_a_file_is_approved_after_its_counts_and_a_sample(
    desk: Desk, fanta: Client, mariam: Client
) -> None:
    many = [said(told=str(at)) for at in range(25)]
    batch = proposals.propose_many(desk.fanta, desk.list, many, "from the ministry")
    assert "25 listings of one file" in text(mariam, "proposals")
    page = text(mariam, "proposal-batch", batch)
    assert "Wanted for arrest" in page
    assert "SANGARE" not in page
    page = opened_by(mariam, "proposal-batch", batch)
    assert "20 of them, spread over the whole file" in page
    digest = mariam.get(reverse("proposal-batch", args=[batch])).context["batch"].digest
    opened_by(fanta, "proposal-batch", batch)
    own = post(fanta, "proposal-batch-approve", batch, digest=digest)
    assert "another officer must decide" in own
    done = post(mariam, "proposal-batch-approve", batch, digest=digest)
    assert "25 listings approved." in done
