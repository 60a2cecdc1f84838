"""A post where things happen: Aminata's lane, Boubacar's room, and the HQ that hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.crossings import services as lane
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Journey
from openmidas.incidents import services
from openmidas.incidents.entries import IncidentKind, Severity, Told
from openmidas.incidents.models import Incident
from openmidas.incidents.services import Report, Update
from openmidas.journal.models import new_id
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.conftest import paper, publish, rules_of
from tests.support.cast import LANES, Cast, acting, at_node


class Place:
    """Kourémalé, its officers, and what they do."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.boubacar = acting(cast.aminata, "1"), acting(cast.boubacar)
        self.djibril = acting(cast.djibril)

    def report(self, **changes: Any) -> Incident:
        """An incident that Boubacar reports, unless another does."""
        actor = changes.pop("actor", self.boubacar)
        id = changes.pop("id", None) or issue_id()
        usual = {"kind": IncidentKind.SECURITY, "severity": Severity.MEDIUM}
        services.report(actor, id, Report(**{**usual, **changes}))
        return Incident.objects.get(id=id)

    def update(self, incident: Incident, **changes: Any) -> Incident:
        """More is said of it."""
        step = changes.pop("step", None) or issue_id()
        services.update(self.boubacar, incident.id, step, Update(**changes))
        return Incident.objects.get(id=incident.id)

    def crossed(self, number: str = "SP0000001", **journey: Any) -> UUID:
        """Somebody is admitted at the lane; the crossing."""
        publish(rules_of(timezone.localdate()))
        inspection = lane.scan(self.aminata, new_id(), paper(number=number))
        if journey:
            lane.set_journey(self.aminata, Journey(**journey))
        lane.admit(self.aminata, [inspection.id])
        return inspection.id

    def lies(self, latitude: float, longitude: float) -> None:
        """The HQ says where the post is."""
        layout = PostLayout(name="Kourémalé", lanes=LANES, latitude=latitude, longitude=longitude)
        with at_node(HQ):
            configure_post(acting(self.cast.idrissa), POST, layout)

    @contextmanager
    def at_headquarters(self) -> Iterator[None]:
        """This process is the HQ, in the same database."""
        with at_node(HQ):
            yield


@pytest.fixture
def place(cast: Cast) -> Place:
    return Place(cast)


def said(words: str, **more: Any) -> Told:
    return Told(words=words, **more)
