"""The sample country's neighbours: one certificate is taken, one waits for a second officer."""

from __future__ import annotations

from openmidas.issuers import trusted
from openmidas.issuers.pages import waiting
from openmidas.web.demo.certificates import OBTAINED, WAITING, seed_certificates
from tests.conftest import HQ
from tests.support.cast import Cast, at_node
from tests.support.national import second_officer


def test_one_is_taken_and_one_waits(cast: Cast) -> None:
    with at_node(HQ):
        second_officer()
        seed_certificates()
    assert [one.subject for one in trusted().trusted()] == ["C=NE, O=SPECIMEN, CN=CSCA NE"]
    assert [one.obtained for one in waiting()] == [OBTAINED[WAITING]]
