"""The page of the paper register: entering lines and counts, mistakes, corrections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import CountOnly, Crossing
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages", "post")


@pytest.fixture
def client(cast: Cast) -> Client:
    client = client_of(cast.boubacar)
    client.cookies["midas_language"] = "en"
    return client


def a_line(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(issue_id()),
        "day": (node_day() - timedelta(days=1)).isoformat(),
        "time": "14:30",
        "names": "Mariam Keïta",
        "birth": "environ 30 ans",
        "sex": "F",
        "nationality": "MLI",
        "document": "I",
        "number": "ab 12",
        "expiry": "",
        "direction": "exit",
        "purpose": "trade",
        "conveyance": "motorcycle",
        "origin": "Siguiri",
        "destination": "",
        "outcome": "admitted",
        "refusal": "",
        **changes,
    }


def test_what_is_there_already_is_saved_by_one_key_more(client: Client) -> None:
    client.post(reverse("paper-line"), a_line())
    page = client.post(reverse("paper-line"), again := a_line())
    assert page.status_code == 409
    text = page.content.decode()
    assert 'This line may be here already: <bdi dir="ltr">Mariam Keïta' in text
    assert text.count("autofocus>Save all the same") == text.count("autofocus") == 1
    assert client.post(reverse("paper-line"), {**again, "again": "1"}).status_code == 302
    client.post(reverse("paper-count"), a_count())
    page = client.post(reverse("paper-count"), again := a_count(number="60"))
    assert 'in this direction: <bdi dir="ltr">120 (00:00–24:00)<' in page.content.decode()
    assert client.post(reverse("paper-count"), {**again, "again": "1"}).status_code == 302
    assert (Crossing.objects.count(), CountOnly.objects.count()) == (2, 2)


def test_an_impossible_day_is_said_of_the_day(client: Client) -> None:
    page = client.post(reverse("paper-line"), a_line(day="1900-01-01", birth="1974"))
    text = page.content.decode()
    assert "Birth date not understood" not in text
    assert "Only crossings of the last" in text


def a_count(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(issue_id()),
        "day": node_day().isoformat(),
        "direction": "entry",
        "number": "120",
        "reason": "crowd",
        **changes,
    }


def enter(client: Client, fields: dict[str, Any], where: str = "paper-line") -> Any:
    return client.post(reverse(where), fields, follow=True)


def test_a_line_is_saved_and_what_was_found_is_shown(client: Client) -> None:
    page = enter(client, a_line(names="Boureima Sagnon", birth="14/03/1971", sex="M"))
    assert page.status_code == 200
    row = Crossing.objects.get()
    assert (row.conveyance, row.origin, row.document_number) == ("motorcycle", "Siguiri", "AB12")
    text = page.content.decode()
    assert "Very likely on a list" in text
    assert "can stop nobody any more" in text


def test_the_next_line_begins_where_the_last_was(client: Client) -> None:
    text = enter(client, a_line()).content.decode()
    assert f'name="day" value="{node_day() - timedelta(days=1)}"' in text
    assert 'name="origin" maxlength="80" value="Siguiri"' in text
    assert 'name="names" value=""' in text


def test_an_age_is_that_of_the_day_of_the_crossing(client: Client) -> None:
    long_ago = node_day() - timedelta(days=2 * 366)
    enter(client, a_line(day=long_ago.isoformat()))
    assert Crossing.objects.get().birth == f"~{long_ago.year - 30}"


@pytest.mark.parametrize(
    ("changes", "field", "status"),
    [
        ({"day": "yesterday"}, "day", 422),
        ({"time": "noon"}, "time", 422),
        ({"names": ""}, "names", 422),
        ({"birth": "long ago"}, "birth", 422),
        ({"number": ""}, "number", 422),
        ({"day": "2098-01-01"}, "", 409),
        ({"outcome": "refused"}, "", 409),
        ({"id": str(new_id())}, "", 409),
        ({"outcome": "vanished"}, "", 409),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, str], field: str, status: int
) -> None:
    sent = a_line(**changes)
    page = enter(client, sent)
    text = page.content.decode()
    assert page.status_code == status
    assert 'role="alert"' in text
    assert f'href="#type-{field}"' in text or not field
    for kept in ("names", "origin"):
        assert f'value="{sent[kept]}"' in text
    assert '<option value="motorcycle" selected>' in text
    assert not Crossing.objects.exists()


def test_a_line_is_corrected_from_the_list(client: Client) -> None:
    enter(client, a_line())
    row = Crossing.objects.get()
    form = client.get(reverse("paper"), {"line": str(row.id)}).content.decode()
    assert (
        f'name="birth" value="~{node_day().year - 30}"' in form or 'name="birth" value="~' in form
    )
    assert 'name="correct"' in form
    enter(client, a_line(id=str(row.id), names="Mariam Keita Sidibé", correct="1"))
    assert Crossing.objects.get().surname == "Mariam Keita Sidibé"


def test_a_colleague_sees_no_names(client: Client, cast: Cast) -> None:
    enter(client, a_line())
    row = Crossing.objects.get()
    page = client_of(cast.coumba).get(reverse("paper"), {"line": str(row.id)})
    assert "Mariam" not in page.content.decode()


def test_a_count_is_saved_and_corrected_by_a_colleague(client: Client, cast: Cast) -> None:
    assert enter(client, a_count(), "paper-count").status_code == 200
    row = CountOnly.objects.get()
    colleague = client_of(cast.coumba)
    form = colleague.get(reverse("paper"), {"count": str(row.id)}).content.decode()
    assert 'value="120"' in form
    enter(colleague, a_count(id=str(row.id), number="112", correct="1"), "paper-count")
    assert CountOnly.objects.get().number == 112


def test_an_estimate_of_some_hours_is_shown_as_such(client: Client) -> None:
    yesterday = (node_day() - timedelta(days=1)).isoformat()
    told = {"since": "14:00", "until": "18:00", "about": "1", "conveyance": "foot"}
    enter(client, a_count(number="60", day=yesterday, **told), "paper-count")
    page = client.get(reverse("paper"), {"day": yesterday}).content.decode()
    assert "about 60" in page
    assert "14:00 – 18:00" in page
    assert "of them 60 by estimate" in page
    form = client.get(reverse("paper"), {"count": str(CountOnly.objects.get().id)}).content.decode()
    assert 'name="about" value="1" checked' in form
    assert 'value="18:00"' in form


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"number": "many"}, 422),
        ({"number": "٣"}, 422),
        ({"day": ""}, 422),
        ({"number": "0"}, 409),
        ({"number": "9999999999"}, 409),
        ({"reason": "laziness"}, 409),
        ({"direction": ""}, 409),
        ({"since": "noon"}, 422),
        ({"since": "14:00"}, 409),
        ({"conveyance": "rocket"}, 409),
    ],
)
def test_a_count_that_cannot_be_is_told(
    client: Client, changes: dict[str, str], status: int
) -> None:
    page = enter(client, a_count(**changes), "paper-count")
    assert page.status_code == status
    assert 'role="alert"' in page.content.decode()
    assert not CountOnly.objects.exists()


def test_the_forms_asked_for_by_reloading_are_the_page(client: Client) -> None:
    for name in ("paper-line", "paper-count"):
        assert client.get(reverse(name)).status_code == 302


def test_in_french(client: Client) -> None:
    with translation.override("fr"):
        client.cookies["midas_language"] = "fr"
        assert "Registre papier" in client.get(reverse("paper")).content.decode()
