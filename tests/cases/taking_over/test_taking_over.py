"""Headquarters asks for an interview, the post answers, and an officer there decides."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from openmidas.cases.interviews.services import Decision, decide
from openmidas.cases.referrals.models import Referral
from openmidas.cases.taking_over import entries, services
from openmidas.cases.taking_over.models import HqDirection, TakeOverAnswer
from openmidas.cases.taking_over.standing import State, standing_of
from openmidas.crossings import services as lane
from openmidas.crossings.entries import Outcome, ReferralReason
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor, Content, JournalError, Scope
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import record
from openmidas.posts.entries import Compartment
from tests.cases.conftest import Scene, zone
from tests.conftest import HQ, POST
from tests.support.cast import acting, at_node, refusal
from tests.support.tables import all_rows


class Two:
    """Boubacar at the post, Djibril at headquarters, and a traveller who waits."""

    def __init__(self, scene: Scene) -> None:
        self.boubacar = scene.boubacar
        self.djibril, self.idrissa = acting(scene.cast.djibril), acting(scene.cast.idrissa)
        self.crossing = scene.referred().id

    def ask(self, why: str = "Known in another case") -> UUID:
        id = new_id()
        with at_node(HQ):
            services.ask(self.djibril, self.crossing, id, why)
        return id

    def granted(self) -> UUID:
        id = self.ask()
        services.answer(self.boubacar, self.crossing, id, granted=True)
        return id

    def say(self, outcome: Outcome | None = None, actor: Actor | None = None) -> None:
        with at_node(HQ):
            services.direct(
                actor or self.djibril, self.crossing, new_id(), "Let her go on", outcome
            )

    def state(self) -> State | None:
        standing = standing_of(Crossing.objects.get(id=self.crossing))
        return None if standing is None else standing.state

    def admit(self) -> None:
        decide(self.boubacar, self.crossing, Decision(outcome=Outcome.ADMITTED))


@pytest.fixture
def two(scene: Scene) -> Two:
    return Two(scene)


def test_what_headquarters_asks_for_is_for_that_post_alone(two: Two) -> None:
    two.ask()
    entry = JournalEntry.objects.get(kind="interview.take_over_asked")
    audience = decode_body(bytes(entry.body or b"")).audience
    assert (audience.scope, audience.posts) == (Scope.POSTS, (POST,))
    assert two.state() is State.ASKED


def test_until_it_is_granted_the_post_decides(two: Two) -> None:
    two.ask()
    with refusal("take_over.not_here"):
        two.say()
    two.admit()
    assert Crossing.objects.get().status == "admitted"


def test_what_is_granted_waits_for_the_word_of_headquarters(two: Two) -> None:
    two.granted()
    with refusal("case.with_headquarters"):
        two.admit()
    two.say()  # a note decides nothing
    with refusal("case.with_headquarters"):
        two.admit()
    with refusal("take_over.of_other"):
        two.say(actor=two.idrissa)
    two.say(Outcome.ADMITTED)
    assert (
        Crossing.objects.get().status == "referred"
    )  # until an officer of the post carries it out
    two.admit()
    assert Crossing.objects.get().status == "admitted"
    with refusal("crossing.resolved"):
        two.say()


def test_the_post_takes_back_what_it_gave(two: Two) -> None:
    asking = two.granted()
    services.take_back(two.boubacar, two.crossing, asking)
    services.take_back(two.boubacar, two.crossing, asking)
    assert two.state() is State.TAKEN_BACK
    with refusal("take_over.not_here"):
        two.say()
    two.admit()


def test_who_declines_says_why_and_may_be_asked_again(two: Two) -> None:
    asking = two.ask()
    with refusal("take_over.why"):
        services.answer(two.boubacar, two.crossing, asking, granted=False, why=" ")
    for _ in range(2):
        services.answer(two.boubacar, two.crossing, asking, granted=False, why="Is just going on")
    assert TakeOverAnswer.objects.get().why == "Is just going on"
    with refusal("take_over.answered"):
        services.answer(two.boubacar, two.crossing, asking, granted=True)
    assert two.ask("The embassy calls")
    assert two.state() is State.ASKED


def test_the_same_form_is_one_asking_and_an_open_one_is_not_asked_again(two: Two) -> None:
    id = two.ask()
    with at_node(HQ):
        services.ask(two.djibril, two.crossing, id, "Known in another case")
    with refusal("take_over.asked"):
        two.ask()
    assert JournalEntry.objects.filter(kind="interview.take_over_asked").count() == 1


def test_what_a_compartment_knows_is_not_asked_for(scene: Scene, two: Two) -> None:
    inspection = lane.scan(scene.aminata, new_id(), zone(number="SP0000010"))
    lane.refer(scene.aminata, [inspection.id], ReferralReason.PROTECTION)
    two.crossing = inspection.id
    with refusal("take_over.apart"):
        two.ask()


def test_nor_what_one_has_a_referral_of(two: Two) -> None:
    """Its member reads the interview, but what is said to a post is read by its whole second line."""
    Referral.objects.create(
        node=POST,
        crossing=two.crossing,
        compartment=Compartment.TRAFFICKING,
        edition=new_id(),
        at=timezone.now(),
    )
    with refusal("take_over.apart"):
        two.ask()


def test_a_form_of_an_earlier_asking_says_nothing_of_a_later_one(two: Two) -> None:
    id = new_id()
    for _ in range(2):
        asking = two.granted()
        with at_node(HQ):
            if HqDirection.objects.exists():
                with refusal("form.saved_already"):
                    services.direct(two.djibril, two.crossing, id, "Let her go on")
            else:
                services.direct(two.djibril, two.crossing, id, "Let her go on")
        services.take_back(two.boubacar, two.crossing, asking)


def test_each_side_writes_its_own(two: Two) -> None:
    common = {"asking": new_id(), "crossing": two.crossing}
    at_hq: list[Content] = [
        entries.TakeOverAnswered(granted=True, **common),
        entries.TakenBack(**common),
    ]
    at_post: list[Content] = [
        entries.TakeOverAsked(why="Because", **common),
        entries.Directed(direction=new_id(), words="Do it", **common),
    ]
    for node, contents in ((HQ, at_hq), (POST, at_post)):
        for content in contents:
            refused = pytest.raises(JournalError, match="not_authorised")
            with at_node(node), transaction.atomic(), refused:
                record(content, actor=Actor())


def test_an_answer_of_another_node_counts_for_nothing(two: Two) -> None:
    asking = two.ask()
    TakeOverAnswer.objects.create(
        node=HQ, asking=asking, crossing=two.crossing, granted=True, at=timezone.now(), clock=1
    )
    assert two.state() is State.ASKED


def test_a_rebuild_gives_the_same_and_all_goes_with_the_crossing(two: Two) -> None:
    asking = two.granted()
    two.say(Outcome.ADMITTED)
    services.take_back(two.boubacar, two.crossing, asking)
    before = all_rows()
    rebuild()
    assert all_rows() == before
    with at_node(HQ):  # where erasures are ordered
        places = {(one.node, one.sequence) for one in places_of_crossing(two.crossing)}
    written = JournalEntry.objects.filter(kind__startswith="interview.")
    assert written.count() == 4
    assert {(one.node, one.sequence) for one in written} <= places
    assert HqDirection.objects.get().outcome == "admitted"
