"""The displacement of the sample country: nine hundred people, counted once however often it is started."""

from __future__ import annotations

import pytest

from openmidas.displacements.models import Displacement, DisplacementCount
from openmidas.displacements.totals import totals
from openmidas.incidents.models import Incident
from openmidas.nodes.services import node_time
from openmidas.web.demo.country import STATES
from openmidas.web.demo.fleeing import FOLDER, let_flee
from openmidas.web.demo.happenings import let_happen
from tests.support.cast import Cast

POSTS = {post.folder: post for state in STATES for post in state.posts}


@pytest.mark.django_db
def test_nine_hundred_people_from_menaka_are_counted_once(cast: Cast) -> None:
    post = POSTS[FOLDER]
    cast.boubacar.username, cast.boubacar.post = post.second_line.username, post.id
    cast.boubacar.save()
    began = round(node_time().timestamp() * 1000)
    let_happen(post, began)
    assert let_flee(post, began) == let_flee(post, began) == 900
    row = Displacement.objects.get()
    assert totals([row])[row.id].balance.counted == 900
    assert Incident.objects.get(id=row.incident).kind == "humanitarian"


@pytest.mark.django_db
def test_nobody_flees_to_another_post(cast: Cast) -> None:
    assert let_flee(POSTS["kouremale"], 0) == 0
    assert not DisplacementCount.objects.exists()
