"""Referrals in the tables: the same after a rebuild, nobody else's, and gone with the crossing."""

from __future__ import annotations

import pytest

from openmidas.cases.referrals.entries import Outcome, ReferralClosed, ReferralMade
from openmidas.cases.referrals.models import Referral, ReferralNote
from openmidas.cases.referrals.pathways import Consent
from openmidas.cases.referrals.services import Taken, close, take_step
from openmidas.crossings.erasing import places_of_crossing
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from openmidas.posts.entries import Compartment
from tests.cases.referrals.conftest import WORDS, Room
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen


def made(**changes: object) -> ReferralMade:
    usual: dict[str, object] = {
        "referral": new_id(),
        "crossing": new_id(),
        "compartment": Compartment.ASYLUM,
        "edition": new_id(),
        "consent": Consent.PERSON,
    }
    return ReferralMade(**{**usual, **changes})  # type: ignore[arg-type]  # any part can be said


@pytest.mark.django_db(transaction=True)
def test_rebuilt_referrals_equal_the_live_ones(room: Room) -> None:
    row = room.referred()
    take_step(room.boubacar, row.id, Taken(note=new_id(), step=3, reached="Mme Cissé"))
    close(room.boubacar, row.id, Outcome.HANDED_OVER, "")
    live = all_rows()
    assert len(live["cases_referral"]) == len(live["cases_referralnote"]) == 1
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
class TestFromAPost:
    def test_no_post_closes_anothers(self) -> None:
        mine, other, said = Pen(), Pen(), made()
        mine.write(said)
        other.write(
            ReferralClosed(
                referral=said.referral, crossing=said.crossing, outcome=Outcome.HANDED_OVER
            )
        )
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        assert Referral.objects.get().outcome == ""
        assert Quarantined.objects.get().code == "row.not_owned"

    def test_no_headquarters_makes_one(self) -> None:
        pen = Pen(NodeKind.HQ)
        pen.write(made())
        arrive(pen)
        assert not Referral.objects.exists()
        assert Quarantined.objects.get().code == "entry.not_authorised"


@pytest.mark.django_db
def test_all_of_it_goes_with_the_crossing(room: Room) -> None:
    row = room.referred()
    take_step(room.boubacar, row.id, Taken(note=new_id(), text="Waits for the car"))
    close(room.boubacar, row.id, Outcome.LEFT, "")
    kept = room.referred(Compartment.ASYLUM, room.waits(number="SP0000032"))
    with at_node(HQ):
        order_erasure(places_of_crossing(row.crossing), ErasureReason.REQUEST, actor=Actor())
        rebuild()
    assert Referral.objects.get().id == kept.id
    assert not ReferralNote.objects.exists()
    bodies = b"".join(bytes(one.body) for one in JournalEntry.objects.exclude(body=None))
    assert WORDS[Compartment.TRAFFICKING].encode() not in bodies
