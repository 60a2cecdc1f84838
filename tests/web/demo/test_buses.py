"""The bus of the sample country."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.models import Crossing
from openmidas.crossings.services import standing
from openmidas.incidents.raising.plates import raise_same_plates
from openmidas.web.demo.buses import bring_bus
from openmidas.web.demo.country import MALI, NIGER, DemoPost
from tests.conftest import HQ, POST
from tests.crossings.conftest import bare_post, paper, post, scan  # noqa: F401
from tests.support.cast import Cast, acting, at_node, refusal

pytestmark = pytest.mark.usefixtures("post", "cast")


@pytest.mark.parametrize("of", [MALI.posts[0], NIGER.posts[0]])
def test_a_bus_comes_once_with_two_missing_and_one_extra(of: DemoPost) -> None:
    officers = (msgspec.structs.replace(of.officers[0], username="aminata"),)
    here = msgspec.structs.replace(of, id=POST, officers=officers)
    assert bring_bus(here) == 30
    assert Crossing.objects.count() == 31
    row = OpenedConveyance.objects.get(what="bus")
    assert (row.missing, row.extra) == (2, 1)
    assert standing("1") == []
    with at_node(HQ):  # behind it a car with its plate
        assert raise_same_plates() == 1
    assert bring_bus(here) == 0


def test_no_bus_comes_where_a_visitor_works(cast: Cast) -> None:
    scan(paper(), acting(cast.aminata, "1"))
    with refusal("lane.occupied"):
        bring_bus(msgspec.structs.replace(MALI.posts[0], id=POST))
    assert not OpenedConveyance.objects.exists()
