"""The counter's and the second line's pages by request, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from openmidas.crossings.ids import issue_id, issued_here
from openmidas.crossings.models import Crossing, Status
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from tests.crossings.conftest import listed, paper, publish, publish_list, rules_of
from tests.support.cast import Cast, client_of, open_case


@pytest.fixture
def lane(pages: None, cast: Cast, tmp_path: Path) -> Client:
    """Aminata at lane 1 of a post with fresh lists and rules."""
    LISTS.forget()
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
    return client_of(cast.aminata)


JOURNEY = {"direction": "exit", "purpose": "other", "conveyance": "foot"}


def refer(lane: Client, zone: str) -> Crossing:
    id = str(issue_id())
    lane.post("/counter/scan/", {"id": id, "raw": zone})
    lane.post("/counter/decide/", {"ids": id, "action": "refer"})
    return Crossing.objects.get(id=id)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("scan", {"raw": "x"}),
        ("scan", {"id": "no id", "raw": "x"}),
        ("decide", {"ids": "1 2", "action": "admit"}),
        ("decide", {"ids": str(new_id()), "action": "erase"}),
        ("decide", {"ids": str(new_id()), "action": "refer", "reason": "money"}),
        ("journey", {"direction": "up", "purpose": "other", "conveyance": "foot"}),
        # Too long to be stored: refused, and never cut in silence.
        ("journey", {**JOURNEY, "origin": "x" * 81}),
        ("type", {"id": str(issue_id()), "names": "x" * 121}),
        ("type", {"id": str(issue_id()), "names": "x", "document": "P", "number": "1" * 41}),
        # An id of one's own choosing: that of a crossing at another post, perhaps.
        ("type", {"id": str(new_id()), "names": "x"}),
        ("type", {"id": str(UUID(int=0)), "names": "x"}),
    ],
)
def test_a_broken_request_is_told_and_changes_nothing(
    lane: Client, path: str, fields: dict[str, str]
) -> None:
    answer = lane.post(f"/counter/{path}/", fields)
    assert answer.status_code == 409
    assert "notice--stop" in answer.content.decode()
    assert not Crossing.objects.exists()


def test_a_post_knows_its_own_ids_and_no_other_nodes(settings: Any) -> None:
    id = issue_id()
    assert id.version == 7
    assert issued_here(id)
    assert not issued_here(UUID(int=id.int ^ 1))
    settings.SECRET_KEY = "of another node"
    assert not issued_here(id)


def test_what_comes_from_a_document_is_escaped(lane: Client) -> None:
    fields = {"id": str(issue_id()), "names": "<script>alert(1)</script>", "nationality": "MLI"}
    text = lane.post("/counter/type/", fields).content.decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "type-names"),
        ({"names": "Awa", "sex": "W"}, "type-sex"),
        ({"names": "Awa", "nationality": "QQQ"}, "type-nationality"),
        ({"names": "Awa", "document": "P"}, "type-number"),
        ({"names": "Awa", "document": "P", "number": "1", "expiry": "soon"}, "type-expiry"),
    ],
)
def test_each_mistake_in_the_form_is_told_beside_its_field(
    lane: Client, fields: dict[str, str], wrong: str
) -> None:
    answer = lane.post("/counter/type/", {"id": str(issue_id()), **fields})
    assert answer.status_code == 422
    assert f'href="#{wrong}"' in answer.content.decode()


def test_a_typed_document_is_kept_with_its_number_and_expiry(lane: Client) -> None:
    id = str(issue_id())
    fields = {"id": id, "names": "Awa", "birth": "1990", "nationality": "GIN"}
    lane.post(
        "/counter/type/", {**fields, "document": "I", "number": "gn 12", "expiry": "12/03/2031"}
    )
    lane.post("/counter/decide/", {"ids": id, "action": "admit"})
    crossing = Crossing.objects.get()
    assert (crossing.document_number, crossing.document_issuer) == ("GN12", "GIN")
    assert crossing.document_expiry == "2031-03-12"
    # The next traveller is often from the same State.
    assert '<option value="GIN" selected>' in lane.get("/counter/type/").content.decode()


def test_an_officer_without_a_lane_is_told_to_choose_one(lane: Client, cast: Cast) -> None:
    assert client_of(cast.aminata, lane="").get("/counter/").status_code == 409


def test_the_second_line_refuses_with_a_reason_only(lane: Client, cast: Cast) -> None:
    crossing = refer(lane, listed())
    room = client_of(cast.boubacar)
    assert "SAGNON" in room.get("/second-line/").content.decode()
    case = f"/second-line/{crossing.id}/"
    open_case(room, crossing.id)
    assert "SAGNON" in room.get(case).content.decode()
    answer = room.post(f"{case}resolve/", {"outcome": "refused", "note": "asked twice"})
    assert answer.status_code == 409
    assert "asked twice" in answer.content.decode()  # nothing typed is lost
    fields = {"outcome": "refused", "reason": "list", "note": "asked twice"}
    answer = room.post(f"{case}resolve/", fields)
    assert answer.status_code == 302
    crossing.refresh_from_db()
    assert (crossing.status, crossing.refusal_reason, crossing.note) == (
        Status.REFUSED,
        "list",
        "asked twice",
    )
    waiting = room.get("/second-line/", headers={"HX-Request": "true"}).content.decode()
    assert "SAGNON" not in waiting
    decided = room.get(case).content.decode()
    assert "asked twice" in decided
    assert f'action="{case}resolve/"' not in decided


def test_the_second_line_admits_and_a_colleague_cannot_decide_otherwise(
    lane: Client, cast: Cast
) -> None:
    crossing = refer(lane, paper())
    resolve = f"/second-line/{crossing.id}/resolve/"
    assert client_of(cast.boubacar).post(resolve, {"outcome": "admitted"}).status_code == 302
    late = client_of(cast.coumba).post(resolve, {"outcome": "refused", "reason": "list"})
    assert late.status_code == 409
    crossing.refresh_from_db()
    assert crossing.status == Status.ADMITTED
