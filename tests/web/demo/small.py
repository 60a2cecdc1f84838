"""A State as small as can be, whose post is the post of the tests."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from openmidas.web.demo import traffic
from openmidas.web.demo.country import MALI, DemoNode, DemoPost, DemoState
from openmidas.web.demo.history import History
from tests.conftest import HQ, POST

BEGAN = round(datetime(2026, 11, 20, 15, 0, tzinfo=UTC).timestamp() * 1000)

SMALL_POST = DemoPost(
    id=POST,
    folder="post",
    name="Kourémalé",
    officers=MALI.posts[0].officers,
    lanes=("1", "2"),
    latitude=0,
    longitude=0,
    silent_minutes=240,
    traffic=msgspec.structs.replace(traffic.KOUREMALE, per_day=20, busiest=30, paper=(5,)),
)
SMALL = DemoState(
    code="MLI",
    time_zone="Africa/Bamako",
    hq=DemoNode(id=HQ, folder="hq", name="Bamako", officers=()),
    posts=(SMALL_POST,),
)


def history(began: int = BEGAN) -> History:
    """The post's, from the beginning."""
    return History(SMALL, SMALL_POST, began)
