"""The API's description: whole, in two languages, and a page that works without a link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.api.views.v1 import api
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("pages")
LANGUAGES = ("en", "fr")


def get(name: str, language: str) -> Any:
    return Client(headers={"Accept-Language": language}).get(reverse(name))


def described(language: str) -> dict[str, Any]:
    found: dict[str, Any] = get("api-openapi", language).json()
    return found


def descriptions(part: Any) -> list[str]:
    """Every text for people of a description."""
    if isinstance(part, list):
        return [text for one in part for text in descriptions(one)]
    if not isinstance(part, dict):
        return []
    own = [part[key] for key in ("summary", "description") if isinstance(part.get(key), str)]
    return own + [text for one in part.values() for text in descriptions(one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_is_described_with_all_that_it_answers(at_hq: Cast, language: str) -> None:
    paths = described(language)["paths"]
    served = {f"/api/v1/{one.pattern}" for one in api.urls[0] if one.name != "api-root"}
    assert {re.sub(r"\{(\w+)\}", r"<\1>", path) for path in paths} == {
        re.sub(r"<\w+:", "<", path) for path in served
    }
    for path, methods in paths.items():
        assert methods.keys() == ({"post"} if path.endswith("/screen") else {"get"})
        (said,) = methods.values()
        assert {"200", "401", "403", "422", "429"} <= said["responses"].keys(), path
        assert said["security"]
        assert all(parameter["description"] for parameter in said["parameters"]), path


def test_all_of_it_is_in_the_language_asked_for(at_hq: Cast) -> None:
    english, french = (descriptions(described(language)) for language in LANGUAGES)
    assert len(english) == len(french) > 60
    same = {text for text in english if text in french}
    assert not same


def test_the_same_values_stand_in_both_languages(at_hq: Cast) -> None:
    english, french = (described(language) for language in LANGUAGES)
    assert english["components"]["schemas"].keys() == french["components"]["schemas"].keys()
    assert english["paths"].keys() == french["paths"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_all_of_it(at_hq: Cast, language: str) -> None:
    response = get("api-docs", language)
    assert response.status_code == 200
    said = re.sub(r"\s+", " ", response.content.decode())
    document = described(language)
    for path, methods in document["paths"].items():
        assert path in said
        (operation,) = methods.values()
        for parameter in operation["parameters"]:
            assert f">{parameter['name']}</th>" in said
    for name, shape in document["components"]["schemas"].items():
        assert f'id="{name}"' in said
        for field in shape["properties"]:
            assert f">{field}</th>" in said
    assert "curl -H" in said
    assert len(response.content) < 150 * 1024


def test_the_page_keeps_the_policy_and_loads_nothing_from_elsewhere(at_hq: Cast) -> None:
    response = get("api-docs", "en")
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
    said = response.content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", said)
    assert not re.search(r'(?:src|href)="https?://', said)
