"""The same bus at two posts: who got off between them, and who got on."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from openmidas.crossings.conveyances import services
from openmidas.crossings.conveyances.comparing import Aboard
from openmidas.crossings.conveyances.earlier import changed, changed_since, post_before
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id
from tests.crossings.conftest import AMINATA, admit, paper, scan
from tests.crossings.conveyances.conftest import BUS, OTHER_POST, PAPERS

BORN = PartialDate(1984, 11, 2)


def aboard(name: str, number: str = "", *, drives: bool = False) -> Aboard:
    return Aboard(id=new_id(), name=name, number=number, birth=BORN, drives=drives)


def test_who_got_off_and_who_got_on() -> None:
    awa, twin, keita = aboard("TRAORE AWA"), aboard("TRAORE AWA"), aboard("KEITA", "SP0000001")
    there = [awa, twin, keita, aboard("DIALLO MAMADOU"), aboard("MAIGA ALI", drives=True)]
    other_driver = aboard("CISSE OUMAR", drives=True)
    here = [
        aboard("Jallow Mamadou"),
        aboard("KEYTA", "SP 0000001"),
        other_driver,
        aboard("TRAORE AWA"),
    ]
    found = changed(there, here)
    assert found.gone == (twin, there[-1])
    assert [one.name for one in found.new] == ["CISSE OUMAR"]


@pytest.fixture
def two(post: None) -> tuple[OpenedConveyance, OpenedConveyance]:
    """The bus at the post before, its plate written otherwise, and here an hour later."""
    first, second = new_id(), new_id()
    services.open_conveyance(AMINATA, first, msgspec.structs.replace(BUS, plate="AB 1234 RM"))
    services.scan_here(AMINATA, first)
    for given in ("MARIAM", "OUMOU"):
        admit(scan(paper(number=PAPERS[given], given_names=given)))
    services.close_conveyance(AMINATA, first)
    earlier = OpenedConveyance.objects.get()
    OpenedConveyance.objects.update(node=OTHER_POST, at=earlier.at - timedelta(hours=1))
    Crossing.objects.update(node=OTHER_POST)
    services.open_conveyance(AMINATA, second, BUS)
    services.scan_here(AMINATA, second)
    for given in ("OUMOU", "SALIF"):
        admit(scan(paper(number=PAPERS[given], given_names=given)))
    return OpenedConveyance.objects.get(id=first), OpenedConveyance.objects.get(id=second)


def test_the_post_before_is_another_within_a_day(
    two: tuple[OpenedConveyance, OpenedConveyance],
) -> None:
    earlier, here = two
    assert post_before(here) == earlier
    assert post_before(earlier) is None
    found = changed_since(earlier, here)
    assert [one.number for one in found.gone] == ["SP0000001"]
    assert [one.number for one in found.new] == ["SP0000003"]
    OpenedConveyance.objects.filter(id=earlier.id).update(at=here.at - timedelta(hours=25))
    assert post_before(here) is None
