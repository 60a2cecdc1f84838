"""Sixty of those who fled in the sample country, registered within minutes: the rule of surges sees them."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.services import standing
from openmidas.incidents.rules import shipped_rules
from openmidas.web.demo.country import MALI, DemoPost
from openmidas.web.demo.fleeing import FOLDER
from openmidas.web.demo.registering import register_some
from tests.conftest import POST
from tests.crossings.conftest import bare_post, post  # noqa: F401

pytestmark = pytest.mark.usefixtures("post", "cast")


def here(folder: str) -> DemoPost:
    of = next(one for one in MALI.posts if one.folder == folder)
    officers = (msgspec.structs.replace(of.officers[0], username="aminata"),)
    return msgspec.structs.replace(of, id=POST, officers=officers)


def test_they_are_registered_once_and_are_enough_for_the_rule() -> None:
    surge = shipped_rules().surge
    assert surge
    assert register_some(here(FOLDER)) == 60 >= surge.travellers
    rows = Crossing.objects.filter(status=Status.ADMITTED, purpose="displacement", direction="exit")
    assert rows.count() == rows.values("document_key").distinct().count() == 60
    assert standing("1") == []
    assert register_some(here(FOLDER)) == 0


def test_nobody_is_registered_elsewhere() -> None:
    assert register_some(here("kouremale")) == 0
