"""The sample country's people in need: pathways with numbers that nobody has, and two referrals."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.cases.referrals.models import Referral, ReferralNote
from openmidas.cases.referrals.publishing import in_force
from openmidas.crossings import services
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry, new_id
from openmidas.posts.compartments import compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.services import PostLayout, configure_post, enrol_officer
from openmidas.web.demo.country import MALI
from openmidas.web.demo.referrals import refer_some, seed_pathways
from tests.conftest import HQ, POST
from tests.crossings.conftest import child, paper
from tests.support.cast import Cast, acting, at_node

HERE, ELSEWHERE = (
    msgspec.structs.replace(MALI.posts[0], id=POST),
    MALI.posts[1],
)


@pytest.fixture
def seeded(cast: Cast) -> Cast:
    """The cast are Kourémalé's officers; those of the other post come in."""
    with at_node(HQ):
        layout = PostLayout(name=ELSEWHERE.name, lanes=ELSEWHERE.lanes)
        configure_post(Actor(), ELSEWHERE.id, layout)
        for one in ELSEWHERE.officers:
            enrol_officer(
                Actor(), username=one.username, name=one.name, roles=[one.role], post=ELSEWHERE.id
            )
        here = tuple(one for one in HERE.officers if one.username != "modibo")
        posts = (msgspec.structs.replace(HERE, officers=here), ELSEWHERE)
        known = set(Officer.objects.filter(post=HQ).values_list("username", flat=True))
        at_hq = tuple(one for one in MALI.hq.officers if one.username in known)
        hq = msgspec.structs.replace(MALI.hq, id=HQ, officers=at_hq)
        seed_pathways(msgspec.structs.replace(MALI, hq=hq, posts=posts))
    return cast


def test_every_number_is_invented_and_there_is_one(seeded: Cast) -> None:
    now = in_force()
    assert now is not None
    steps = [step for one in now.said.pathways for step in one.steps]
    numbers = [step.call.telephone for step in steps if step.call]
    assert len(set(numbers)) == len(numbers) > 5
    assert all(number.startswith("+000 ") for number in numbers)


def test_nobody_reads_everything(seeded: Cast) -> None:
    held = [compartments_of(officer) for officer in Officer.objects.all()]
    assert set().union(*held) == set(Compartment)
    assert all(one < set(Compartment) for one in held)
    assert Compartment.ASYLUM not in compartments_of(seeded.boubacar)


def test_a_child_and_a_claim_once(seeded: Cast) -> None:
    for zone in (child(), paper(number="SP0000051", sex="M")):
        inspection = services.scan(acting(seeded.aminata, "1"), new_id(), zone)
        services.refer(acting(seeded.aminata, "1"), [inspection.id])
    for _ in range(2):
        refer_some(HERE)
    assert set(Referral.objects.values_list("compartment", flat=True)) == {"child", "asylum"}
    assert ReferralNote.objects.count() == 1
    assert JournalEntry.objects.filter(kind="referral.made").count() == 2
