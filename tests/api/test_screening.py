"""`POST /api/v1/screen`: a person that a system names, against the public lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openmidas.api.local import UseToday
from openmidas.api.scopes import Scope
from openmidas.journal import Actor
from openmidas.lists.given import GivenFile, Naming
from openmidas.lists.in_use import LISTS
from openmidas.lists.services import import_list, import_un
from openmidas.posts.models import Lookup
from tests.api.conftest import Asker
from tests.lists.conftest import SMALL
from tests.support.cast import Cast

Make = Callable[..., Asker]
SAGNON = {"surname": "SAGNON", "given_names": "BOUREIMA N'GUESSAN", "birth": "1976"}


@pytest.fixture
def listed(at_hq: Cast, tmp_path: Path) -> None:
    """The small list of the United Nations, out of date, and one under a code of the State's own."""
    import_un(SMALL, actor=Actor(), limit_days=1)
    own = tmp_path / "own.json"
    person = {"name": ["SAGNON BOUREIMA N'GUESSAN"], "birthDate": ["1976"]}
    own.write_text(json.dumps({"id": "P1", "schema": "Person", "properties": person}), "utf-8")
    naming = Naming(list_code="police", dated=date(2026, 1, 2))
    import_list("ftm", [GivenFile(own)], actor=Actor(), naming=naming)
    LISTS.forget()


def post(program: Asker, asked: object, status: int = 200) -> Any:
    """What is answered to a body, which is sent as JSON."""
    body = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
    response = program.client.post("/api/v1/screen", body, content_type="application/json")
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.usefixtures("listed")
def test_a_hit_says_how_sure_and_why_and_from_which_edition(asker: Make) -> None:
    said = post(asker(Scope.SCREENING), {**SAGNON, "sex": "M", "nationality": "Mali"})
    (hit,) = said["hits"]
    assert (hit["list"], hit["listing"], hit["class"]) == ("un", "TSi.001", "strong")
    assert hit["score"] == pytest.approx(sum(one["weight"] for one in hit["evidence"]), abs=0.1)
    assert hit["sentence"].startswith("Very likely the same person.")
    (edition,) = said["editions"]
    assert (edition["list"], edition["dated"], edition["stale"]) == ("un", "2026-01-15", True)


@pytest.mark.usefixtures("listed")
def test_nothing_of_what_stands_in_the_listing_is_told(asker: Make) -> None:
    said = json.dumps(post(asker(Scope.SCREENING), {"name": SAGNON["surname"], "birth": "1976"}))
    assert "Issoufou" not in said
    assert "B/011-7641" not in said
    assert "police" not in said


@pytest.mark.usefixtures("listed")
def test_each_question_is_a_look_up_that_names_the_system(asker: Make) -> None:
    program = asker(Scope.SCREENING)
    post(program, SAGNON)
    post(program, {"name": "Nobody Atall"})
    rows = Lookup.objects.order_by("id")
    assert [row.results for row in rows] == [1, 0]
    assert rows[0].reason.startswith("Visa system: Visa decisions")
    assert rows[0].query == "API: SAGNON BOUREIMA N'GUESSAN"
    assert UseToday.objects.get().requests == 2


def test_without_a_list_the_answer_says_that_nothing_was_compared(asker: Make) -> None:
    LISTS.forget()
    assert post(asker(Scope.SCREENING), SAGNON) == {"hits": [], "editions": []}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "person.missing"),
        ({"name": "?"}, "person.missing"),
        ({"name": "Awa", "birth": "soon"}, "parameter.malformed"),
        ({"name": "Awa", "birth": "1974-02-30"}, "parameter.malformed"),
        ({"name": "Awa", "nationality": "Nowhere"}, "parameter.malformed"),
        ({"name": "Awa", "sex": "Q"}, "parameter.malformed"),
        ({"name": "A" * 201}, "parameter.malformed"),
        ({"nmae": "Awa"}, "parameter.malformed"),
        ([], "parameter.malformed"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_not_recorded(
    asker: Make, asked: object, code: str
) -> None:
    assert post(asker(Scope.SCREENING), asked, 422)["code"] == code
    assert not Lookup.objects.exists()


def test_a_body_that_is_no_json_is_refused(asker: Make) -> None:
    assert post(asker(Scope.SCREENING), b"{", 422)["code"] == "request.malformed"


def test_another_scope_does_not_open_it_and_a_question_is_posted(asker: Make) -> None:
    assert post(asker(Scope.CROSSINGS, name="other"), SAGNON, 403)["code"] == "scope.missing"
    response = asker(Scope.SCREENING).client.get("/api/v1/screen?name=Awa")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
