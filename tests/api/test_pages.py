"""The pages about systems: admitting one, the token once, what it asked, shutting it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.api.models import System
from openmidas.api.scopes import Scope
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer
from tests.api.conftest import PURPOSE, Admit, Asker
from tests.crossings.test_hq_pages import admit, inspection
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages")


def english(officer: Officer) -> Client:
    client = client_of(officer)
    client.cookies["midas_language"] = "en"
    return client


FORM = {"name": "Visa system", "responsible": "Ms Diarra", "purpose": PURPOSE}


def form(**changed: object) -> dict[str, object]:
    last = (node_day() + timedelta(days=30)).isoformat()
    return {**FORM, "scopes": ["crossings", "flows"], "last_day": last, **changed}


def test_none_yet_says_what_to_do(at_hq: Cast) -> None:
    for officer, may in ((at_hq.idrissa, True), (at_hq.kadiatou, False)):
        said = english(officer).get(reverse("systems")).content.decode()
        assert "No system may ask yet." in said
        assert (reverse("system-admit") in said) is may


def test_a_token_is_shown_once_and_works(at_hq: Cast) -> None:
    client = english(at_hq.idrissa)
    said = client.post(reverse("system-admit"), form()).content.decode()
    (token,) = re.findall(r"midas_[\w-]{43}", said)
    Asker(token).ask("crossings")
    id = System.objects.get().id
    for name, args in (("systems", []), ("system", [id])):
        page = client.get(reverse(name, args=args)).content.decode()
        assert token not in page
        assert "Visa system" in page
    assert "<td>1</td>" in page, "one question today"


def test_the_last_day_counts_as_a_whole(at_hq: Cast) -> None:
    english(at_hq.idrissa).post(reverse("system-admit"), form(last_day=node_day().isoformat()))
    assert System.objects.get().expires_at.date() >= node_day()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"purpose": "short"}, "purpose"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["persons"]}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"last_day": "soon"}, "last_day"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(
    at_hq: Cast, changed: dict[str, object], field: str
) -> None:
    response = english(at_hq.idrissa).post(reverse("system-admit"), form(**changed))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert "Ms Diarra" in response.content.decode()
    assert not System.objects.exists()


def test_oversight_sees_what_was_asked_and_who_was_named(
    at_hq: Cast, asker: Callable[..., Asker]
) -> None:
    id = admit(at_hq, inspection())
    asker().ask("crossings", persons="true")
    client = english(at_hq.kadiatou)
    said = client.get(reverse("system", args=[System.objects.get().id])).content.decode()
    assert "crossings?persons=true" in said
    assert reverse("hq-crossing", args=[id]) in said
    assert PURPOSE in said
    assert "Revoke" not in said
    assert "KEITA" not in said


def test_revoking_asks_why_and_shuts_out(at_hq: Cast, admit_one: Admit) -> None:
    issued = admit_one(Scope.FLOWS)
    client = english(at_hq.idrissa)
    url = reverse("system-revoke", args=[issued.system])
    assert client.post(url, {"reason": ""}).status_code == 422
    Asker(issued.text).ask("posts")
    said = client.post(url, {"reason": "The server was stolen"}, follow=True).content.decode()
    assert "Revoked and recorded" in said
    assert "The server was stolen" in said
    assert Asker(issued.text).refused("posts", 401) == "token.revoked"
    assert client.post(url, {"reason": "Again"}).status_code == 422
