"""A post whose key its headquarters has certified."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.certifying import certify_posts
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import enrol, meet
from tests.conftest import HQ, POST
from tests.crossings.conftest import admit, paper, scan
from tests.support.cast import at_node


def certify() -> int:
    """The headquarters enrols the post and certifies it; the post knows its headquarters."""
    with at_node(POST):
        card = this_node().card()
    with at_node(HQ):
        enrol(card, actor=Actor())
        hq = this_node().card()
        made = certify_posts()
    with at_node(POST):
        meet(hq)
    return made


@pytest.fixture
def certified(post: None) -> None:
    """The post may sign."""
    assert certify() == 1


def admitted(**changes: object) -> UUID:
    """Somebody who was let cross."""
    inspection = scan(paper(**changes))
    admit(inspection)
    return Crossing.objects.get(id=inspection.id).id
