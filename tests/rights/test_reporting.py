"""What the public tells at the kiosk: an incident of nobody's, that sets off no alert."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openmidas.incidents.entries import Severity, Source
from openmidas.incidents.models import Incident, IncidentStep, number_of
from openmidas.journal.models import JournalEntry
from openmidas.rights import limits
from tests.rights.conftest import Kiosk
from tests.support.cast import Cast, client_of

WORDS = "Six hommes armés à moto près du marché, vers le nord."
ADDRESS = "/public/en/report/"


@pytest.fixture
def kiosk(pages: None, cast: Cast) -> Client:
    """A browser at the kiosk."""
    return Kiosk()


def form_of(answer: Any) -> dict[str, str]:
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', answer.content.decode()))
    return {**found, "kind": "security", "words": WORDS, "place": "Wazamé"}


def test_it_is_an_incident_of_this_post_and_of_nobody(kiosk: Client, cast: Cast) -> None:
    officer = client_of(cast.coumba)
    sent = officer.post(ADDRESS, form_of(officer.get(ADDRESS)), follow=True)
    assert sent.status_code == 200
    row = Incident.objects.get()
    assert (row.kind, row.source, row.officer) == ("security", Source.PUBLIC, None)
    assert (row.words, row.place) == (WORDS, "Wazamé")
    assert number_of(row.id.hex) in sent.content.decode()
    body = JournalEntry.objects.get(kind="incident.reported").body or b""
    assert str(cast.coumba.id).encode() not in bytes(body)


def test_what_nobody_confirmed_alerts_nobody(kiosk: Client) -> None:
    kiosk.post(ADDRESS, {**form_of(kiosk.get(ADDRESS)), "severity": "critical"})
    assert Incident.objects.get().severity == Severity.MEDIUM
    assert not JournalEntry.objects.filter(kind="incident.alerted").exists()


def test_the_same_again_changes_nothing_and_more_is_not_lost(kiosk: Client) -> None:
    form = form_of(kiosk.get(ADDRESS))
    kiosk.post(ADDRESS, form)
    assert kiosk.post(ADDRESS, form).status_code == 200
    assert IncidentStep.objects.count() == 1
    again = kiosk.post(ADDRESS, {**form, "words": WORDS + " Ils reviennent."})
    assert again.status_code == 422
    kiosk.post(ADDRESS, {**form_of(again), "words": WORDS + " Ils reviennent."})
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, "Choose what it is about."),
        ({"kind": "technical"}, "Choose what it is about."),
        ({"words": "help"}, "Say in a few words what happened."),
        ({"words": "a" * (limits.REPORT + 1)}, "That is too long"),
        ({"at": "yesterday"}, "This is no day and hour."),
        ({"at": "2026-13-45T99:99"}, "This is no day and hour."),
        ({"at": "2999-01-01T10:00"}, "That lies in the future"),
        ({"at": "1990-01-01T10:00"}, "Only what happened in the last"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    kiosk: Client, typed: dict[str, str], told: str
) -> None:
    form = {**form_of(kiosk.get(ADDRESS)), **typed}
    answer = kiosk.post(ADDRESS, form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert told in text
    assert "Wazamé" in text
    assert form["id"] in text
    assert not Incident.objects.exists()


def test_a_page_that_is_too_old_is_made_anew(kiosk: Client) -> None:
    form = {**form_of(kiosk.get(ADDRESS)), "id": "x"}
    answer = kiosk.post(ADDRESS, form)
    assert answer.status_code == 422
    assert kiosk.post(ADDRESS, form_of(answer)).status_code == 200


def test_when_it_happened_is_kept(kiosk: Client) -> None:
    then = timezone.localtime() - timedelta(hours=3)
    kiosk.post(ADDRESS, {**form_of(kiosk.get(ADDRESS)), "at": f"{then:%Y-%m-%dT%H:%M}"})
    happened = Incident.objects.get().happened_at
    assert happened is not None
    assert abs(happened - then) < timedelta(minutes=1)


def test_officers_do_not_report_in_the_name_of_the_public(kiosk: Client, cast: Cast) -> None:
    page = client_of(cast.aminata).get("/incidents/report/").content.decode()
    assert 'value="patrol"' in page
    assert 'value="public"' not in page
