"""The officers of every test, taken on through the real services.

At the post: Aminata (primary), Boubacar (second line), Coumba (head of post). At the HQ: Djibril
(analyst), Fanta (lists), Idrissa (administrator), Kadiatou (oversight).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import open_own_journal, record
from openmidas.posts.access import LANE_KEY
from openmidas.posts.entries import OfficerEnrolled
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.services import PostLayout, configure_post, enrol_officer
from tests.conftest import HQ, HQ_HOME, POST, POST_HOME

LANES = ("1", "2")
PASSWORD = "baobab sous la pluie"
HOMES = {POST: POST_HOME, HQ: HQ_HOME}


@contextmanager
def at_node(node: UUID) -> Iterator[None]:
    """This process is that node: `POST` or `HQ`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENMIDAS_HOME", str(HOMES[node].folder))
        yield


class Cast:
    """The officers by name. They work in the database of the test, whichever node it is."""

    def __init__(self) -> None:
        with at_node(POST):
            open_own_journal()
        with at_node(HQ):
            open_own_journal()
            configure_post(Actor(), POST, PostLayout(name="Kourémalé", lanes=LANES))
            self.aminata = self._enrol("Aminata Keïta", Role.PRIMARY, POST)
            self.boubacar = self._enrol("Boubacar Traoré", Role.SECOND_LINE, POST)
            self.coumba = self._enrol("Coumba Sidibé", Role.HEAD_OF_POST, POST)
            self.djibril = self._enrol("Djibril Camara", Role.HQ_ANALYST, HQ)
            self.fanta = self._enrol("Fanta Condé", Role.HQ_LISTS, HQ)
            self.idrissa = self._enrol("Idrissa Maïga", Role.ADMINISTRATOR, HQ)
            self.kadiatou = self._enrol("Kadiatou Bah", Role.OVERSIGHT, HQ)

    @staticmethod
    def _enrol(name: str, role: Role, node: UUID) -> Officer:
        username = name.split()[0].lower()
        return enrol_officer(Actor(), username=username, name=name, roles=[role], post=node)


def acting(officer: Officer, lane: str = "") -> Actor:
    """The officer as journal entries name them."""
    return Actor(officer.id, officer.roles[0], lane)


def refusal(code: str) -> pytest.RaisesExc[Refused]:
    """Within this context, something is refused with this code."""
    return pytest.RaisesExc(Refused, check=lambda error: error.code == code)


def client_of(officer: Officer, lane: str = LANES[0]) -> Client:
    """A browser in which the officer is signed in, at a lane where the officer works at one."""
    client = Client()
    if officer.has_role(Role.PRIMARY):
        session = client.session
        session[LANE_KEY] = lane
        session.save()
    client.force_login(officer, "openmidas.posts.signing_in.OfficerBackend")
    return client


def english(client: Client) -> Client:
    """The same browser, of somebody who reads English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def open_case(client: Client, crossing: UUID, **why: str) -> Client:
    """The same browser, in which the page of an interview or a crossing of the post is open for a purpose."""
    client.post(reverse("second-line-case", args=[crossing]), {"purpose": "case", **why})
    return client


def officer_with(role: Role, node: UUID) -> Officer:
    """An officer with any role at any node, as only the HQ's own journal could say it."""
    content = OfficerEnrolled(
        officer=new_id(), username=f"{role}-here", name=role.title(), roles=(role,), post=node
    )
    with at_node(HQ), transaction.atomic():
        record(content, actor=Actor())
    return Officer.objects.get(id=content.officer)
