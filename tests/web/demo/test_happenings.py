"""Incidents of the sample country: written once, however often the demonstration is started."""

from __future__ import annotations

import pytest

from openmidas.incidents.models import Incident, IncidentStep
from openmidas.nodes.services import node_time
from openmidas.web.demo.country import STATES, DemoPost
from openmidas.web.demo.happenings import BY_FOLDER, let_happen
from tests.support.cast import Cast

POSTS = [post for state in STATES for post in state.posts]


@pytest.mark.django_db
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.folder)
def test_each_post_tells_its_incidents_once(cast: Cast, post: DemoPost) -> None:
    cast.boubacar.username, cast.boubacar.post = post.second_line.username, post.id
    cast.boubacar.save()
    began = round(node_time().timestamp() * 1000)
    told = let_happen(post, began)
    steps = IncidentStep.objects.count()
    assert told == Incident.objects.count() == len(BY_FOLDER[post.folder])
    assert let_happen(post, began) == told
    assert IncidentStep.objects.count() == steps
    assert not Incident.objects.filter(happened_at=None).exists()
