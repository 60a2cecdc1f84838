"""Looking up a person: for a purpose, and on record before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from openmidas.posts import lookups
from openmidas.posts.asked_for import asked_for
from openmidas.posts.lookups import Found, Purpose, Search
from openmidas.posts.models import Lookup
from tests.support.cast import Cast, acting, client_of, refusal

FOUND = Found(
    name="DIALLO, Mamadou",
    document="B0123456",
    birth="1974",
    nationality="GIN",
    what="Entry",
    where="Kourémalé, lane 1",
    at=datetime(2026, 3, 1, tzinfo=UTC),
)


def search(asked: Search) -> list[Found]:
    return [FOUND] if "diallo" in asked.text.lower() else []


@pytest.fixture(autouse=True)
def searched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(lookups, "_searches", [])
    lookups.register_search(search)
    lookups.register_search(search)
    return


def test_a_look_up_is_an_entry_with_its_purpose(cast: Cast) -> None:
    found = lookups.find(acting(cast.boubacar), Purpose.CASE, " case 7 ", "  Diallo ")
    assert found == [FOUND]
    lookup = Lookup.objects.get()
    assert lookup.officer == cast.boubacar.id
    assert (lookup.role, lookup.purpose, lookup.reason) == ("second_line", "case", "case 7")
    assert (lookup.query, lookup.results) == ("Diallo", 1)


def test_what_finds_nobody_is_on_record_too(cast: Cast) -> None:
    assert lookups.find(acting(cast.boubacar), Purpose.CASE, "", "Nobody") == []
    assert Lookup.objects.get().results == 0


@pytest.mark.parametrize("reason", ["", "curious", " a    b    c    d    e "])
def test_another_purpose_needs_a_reason_in_words(cast: Cast, reason: str) -> None:
    with refusal("lookup.reason_missing"):
        lookups.find(acting(cast.boubacar), Purpose.OTHER, reason, "Diallo")
    assert not Lookup.objects.exists()


def test_one_or_two_letters_are_no_look_up(cast: Cast) -> None:
    with refusal("lookup.too_short"):
        lookups.find(acting(cast.boubacar), Purpose.CASE, "", " di ")


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x07"])
def test_signs_that_are_not_seen_are_not_taken(cast: Cast, sign: str) -> None:
    with refusal("lookup.unprintable"):
        lookups.find(acting(cast.boubacar), Purpose.CASE, "", f"Dia{sign}llo")
    with refusal("lookup.unprintable"):
        lookups.find(acting(cast.boubacar), Purpose.CASE, f"case {sign} 7", "Diallo")
    assert not Lookup.objects.exists()


@pytest.mark.usefixtures("pages")
def test_the_log_says_in_words_what_was_asked_for(cast: Cast) -> None:
    crossing = "01a21d50-9ee6-714f-a1f2-e314a55ef0d5"
    for query in (
        f"listing un QDi.250, crossing {crossing}",
        "health without a check",
        "crossing of the river\u202e",
    ):
        lookups.made(acting(cast.boubacar), Purpose.CASE, "", query, 1)
    client = client_of(cast.coumba)
    client.cookies["midas_language"] = "fr"
    page = client.get(reverse("lookups")).content.decode()
    assert "crossing 01a2" not in page
    assert "Dossier de santé d’un voyageur" in page
    assert "crossing of the river[U+202E]" in page
    words = "Correspondance avec le signalement QDi.250 de la liste un, et le voyageur"
    address = reverse("second-line-case", args=[crossing])
    assert words in page
    assert f'<a href="{address}">{words}' in page
    row = Lookup.objects.get(query__contains=crossing)
    assert asked_for(row, cast.boubacar).url == address
    assert asked_for(row, cast.aminata).url == ""


@pytest.mark.usefixtures("pages")
def test_the_page_asks_for_a_purpose_first(cast: Cast) -> None:
    client = client_of(cast.boubacar)
    answer = client.post(reverse("find"), {"text": "Diallo"})
    assert answer.status_code == 422
    assert "DIALLO" not in answer.content.decode()
    answer = client.post(reverse("find"), {"purpose": "case", "text": "Diallo"})
    assert answer.status_code == 200
    assert "DIALLO, Mamadou" in answer.content.decode()
    assert Lookup.objects.count() == 1


@pytest.mark.usefixtures("pages")
def test_the_head_of_post_reads_who_looked_up_whom(cast: Cast) -> None:
    lookups.find(acting(cast.boubacar), Purpose.COMPLAINT, "complaint 12", "<b>Diallo")
    page = client_of(cast.coumba).get(reverse("lookups")).content.decode()
    assert "Boubacar Traoré" in page
    assert "complaint 12" in page
    assert "&lt;b&gt;Diallo" in page
