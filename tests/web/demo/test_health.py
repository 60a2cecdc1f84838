"""The sample country's cluster of fever: three travellers from one place, once, at one post."""

from __future__ import annotations

import msgspec

from openmidas.health.models import HealthCheck
from openmidas.incidents.models import Incident
from openmidas.web.demo.country import MALI
from openmidas.web.demo.health import POST as FOLDER
from openmidas.web.demo.health import check_some, seed_definitions
from tests.conftest import HQ, POST
from tests.health.conftest import Ward, ward  # noqa: F401
from tests.support.cast import Cast, at_node


def test_three_travellers_from_one_place_once(cast: Cast, ward: Ward) -> None:  # noqa: F811
    boubacar = msgspec.structs.replace(MALI.posts[0].second_line, username="boubacar")
    here = next(one for one in MALI.posts if one.folder == FOLDER)
    officers = tuple(boubacar if one == here.second_line else one for one in here.officers)
    post = msgspec.structs.replace(here, id=POST, officers=officers)
    for _ in range(3):
        ward.crossed(origin="Siguiri")
    check_some(post)
    assert not HealthCheck.objects.exists()
    with at_node(HQ):
        seed_definitions()
    for _ in range(2):
        check_some(post)
    assert HealthCheck.objects.count() == 3
    assert {one.rule for one in Incident.objects.all()} == {"fever_cluster", "health_alert"}
