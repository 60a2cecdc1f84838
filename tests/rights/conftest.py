"""A post that knows its headquarters, and somebody who complains there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from openmidas.crossings.ids import issue_id
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import enrol, meet
from openmidas.rights.complaining import Given, complain
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.models import Complaint
from openmidas.rights.public import THROTTLE
from openmidas.rights.sealing import new_secret
from openmidas.rights.taking_in import take_in
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node

WORDS = "At lane 2, the officer with the cap kept my card until I paid."
SECRET = new_secret()


class Kiosk(Client):
    """A browser at the kiosk, which goes where an answer sends it. Its screen is the post's own."""

    def post(self, *args: Any, **changes: Any) -> Any:
        """What is shown in the end."""
        return super().post(*args, **{"follow": True, **changes})


def acquaint() -> None:
    """The post is enrolled, and meets its headquarters."""
    with at_node(POST):
        card = this_node().card()
    with at_node(HQ):
        enrol(card, actor=Actor())
        hq = this_node().card()
    with at_node(POST):
        meet(hq)


@pytest.fixture
def acquainted(cast: Cast) -> Cast:
    """The officers of a post that can seal for its headquarters."""
    acquaint()
    return cast


@pytest.fixture(autouse=True)
def nothing_sent_before() -> None:
    """The bound on what the public sends begins anew."""
    THROTTLE.forget()


def given(**changes: Any) -> Given:
    """What somebody typed."""
    usual = {
        "about": ComplaintKind.MONEY,
        "words": WORDS,
        "language": "fr",
        "contact": "",
        "secret": SECRET,
    }
    return Given(**{**usual, **changes})


def complained(id: UUID | None = None, **changes: Any) -> Complaint:
    """A complaint that was made."""
    number = complain(id or issue_id(), given(**changes))
    return Complaint.objects.get(number=number)


def taken_in() -> int:
    """The headquarters takes in what has arrived."""
    with at_node(HQ):
        return take_in()
