"""The complaints of the sample country."""

from __future__ import annotations

from openmidas.rights import figures
from openmidas.rights.complaining import answers_to
from openmidas.rights.models import Complaint
from openmidas.web.demo.complaints import CODE_WORD, make_complaints
from tests.conftest import HQ
from tests.rights.conftest import acquaint, taken_in
from tests.support.cast import Cast, at_node


def test_a_post_of_the_demonstration_has_complaints_once(cast: Cast) -> None:
    acquaint()
    assert make_complaints() == Complaint.objects.count() == taken_in()
    assert make_complaints() == 0
    with at_node(HQ):
        (row,) = figures.published()
    assert row.counts == (6, None, None, None, None, 0)
    assert answers_to(Complaint.objects.order_by("at", "id")[0].number, CODE_WORD) == []
