"""What a headquarters says of certificates, as every node of its State takes it."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest

from openmidas.issuers import trusted
from openmidas.issuers.entries import (
    IssuerApproved,
    IssuerLinked,
    IssuerProposed,
    IssuerRefused,
    IssuerRemoved,
    IssuersListed,
    MasterListAccepted,
    MasterListRemoved,
)
from openmidas.issuers.models import IssuerCertificate
from openmidas.issuers.trusting import list_authorities
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.quarantine import retry_quarantined
from openmidas.journal.rebuild import rebuild
from tests.crossings.test_projections import arrive
from tests.documents.chip.made import Holder
from tests.support.states import GUINEA, MALI, NIGER, NIGER_LINK
from tests.support.tables import all_rows
from tests.support.writers import Pen

FANTA, MARIAM = Actor(new_id()), Actor(new_id())


def sha(holder: Holder) -> str:
    return hashlib.sha256(holder.certificate).hexdigest()


class Journal:
    """What the HQ of this State writes, read by this post."""

    def __init__(self, kind: NodeKind = NodeKind.HQ) -> None:
        self.pen = Pen(kind)

    def by_hand(
        self,
        holder: Holder,
        *,
        approver: Actor = MARIAM,
        seen: str = "",
        signs_lists: bool = False,
    ) -> UUID:
        """Fanta proposes a certificate, and somebody approves it."""
        id = new_id()
        self.pen.write(
            IssuerProposed(
                proposal=id,
                certificate=holder.certificate,
                obtained="By the embassy",
                signs_lists=signs_lists,
            ),
            actor=FANTA,
        )
        self.pen.write(IssuerApproved(proposal=id, fingerprint=seen or sha(holder)), actor=approver)
        return id

    def listed(self, *holders: Holder) -> UUID:
        """A master list of these is accepted, under the authority of Niger."""
        id = new_id()
        ders = tuple(one.certificate for one in holders)
        self.pen.write(IssuersListed(certificates=ders), actor=FANTA)
        self.pen.write(
            MasterListAccepted(
                list=id,
                digest=hashlib.sha256(id.bytes).hexdigest(),
                file="ne.ml",
                signer="C=NE, CN=List signer",
                root=sha(NIGER),
                root_name="C=NE, CN=CSCA Niger",
                signed_at=None,
                fingerprints=tuple(hashlib.sha256(der).digest() for der in ders),
            ),
            actor=FANTA,
        )
        return id

    def arrive(self) -> None:
        arrive(self.pen)


def countries() -> list[tuple[str, str]]:
    """Who is trusted, and how."""
    return sorted((one.country, one.how) for one in trusted().trusted())


@pytest.mark.django_db
class TestByHand:
    def test_nothing_is_trusted_at_first(self) -> None:
        assert trusted().entries == ()

    def test_two_persons_make_a_certificate_trusted(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER)
        hq.arrive()
        (entry,) = trusted().trusted()
        assert (entry.country, entry.how) == ("NE", "hand")
        assert entry.certificate.fingerprint == sha(NIGER)
        assert (entry.proposed_by, entry.approved_by) == (str(FANTA.officer), str(MARIAM.officer))

    @pytest.mark.parametrize(
        ("approver", "seen"), [(FANTA, ""), (Actor(), ""), (MARIAM, sha(MALI))]
    )
    def test_one_pair_of_eyes_is_not_four_whatever_wrote_the_entry(
        self, approver: Actor, seen: str
    ) -> None:
        hq = Journal()
        hq.by_hand(NIGER, approver=approver, seen=seen)
        hq.arrive()
        assert countries() == []
        assert Quarantined.objects.count() == 1

    def test_what_was_refused_is_not_approved_any_more(self) -> None:
        hq = Journal()
        id = new_id()
        said = IssuerProposed(
            proposal=id, certificate=NIGER.certificate, obtained="By post", signs_lists=False
        )
        hq.pen.write(said, actor=FANTA)
        hq.pen.write(IssuerRefused(proposal=id, reason="Another fingerprint"), actor=MARIAM)
        hq.pen.write(IssuerApproved(proposal=id, fingerprint=sha(NIGER)), actor=MARIAM)
        hq.arrive()
        assert countries() == []

    def test_a_proposal_is_not_widened_to_lists_once_it_was_seen(self) -> None:
        hq = Journal()
        id = hq.by_hand(NIGER)
        said = IssuerProposed(
            proposal=id, certificate=NIGER.certificate, obtained="By post", signs_lists=True
        )
        hq.pen.write(said, actor=FANTA)
        hq.arrive()
        assert [one.code for one in Quarantined.objects.all()] == ["issuer.changed"]
        assert list_authorities() == set()

    def test_no_post_says_whom_the_state_trusts(self) -> None:
        post = Journal(NodeKind.POST)
        post.by_hand(NIGER)
        post.arrive()
        assert not IssuerCertificate.objects.exists()
        assert Quarantined.objects.count() == 2

    def test_what_cannot_be_read_is_set_aside(self) -> None:
        hq = Journal()
        hq.pen.write(IssuersListed(certificates=(b"no certificate",)), actor=FANTA)
        hq.arrive()
        assert [one.code for one in Quarantined.objects.all()] == ["issuer.unreadable"]


@pytest.mark.django_db
class TestListsAndLinks:
    def test_a_list_makes_trusted_what_it_brings(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        hq.listed(NIGER, MALI)
        hq.pen.write(IssuersListed(certificates=(GUINEA.certificate,)), actor=FANTA)
        hq.arrive()
        assert countries() == [("ML", "list"), ("NE", "hand")]
        assert [one.certificates for one in trusted().lists] == [2]

    def test_a_list_under_an_authority_that_two_persons_have_not_taken_is_set_aside(self) -> None:
        hq = Journal()
        hq.listed(NIGER, MALI)
        hq.by_hand(NIGER, signs_lists=True)
        hq.pen.write(IssuerRemoved(fingerprint=sha(NIGER), reason="Reported"), actor=FANTA)
        hq.listed(NIGER, MALI)
        hq.arrive()
        assert countries() == []
        assert {one.code for one in Quarantined.objects.all()} == {"issuer.root_unknown"}

    def test_what_two_lists_have_stays_when_one_is_removed(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        hq.listed(GUINEA)
        second = hq.listed(GUINEA, MALI)
        hq.pen.write(MasterListRemoved(list=second, reason="Its key was lost"), actor=FANTA)
        hq.arrive()
        assert countries() == [("GN", "list"), ("NE", "hand")]

    def test_a_list_counts_as_long_as_its_authority_is_taken(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        hq.listed(NIGER, MALI)
        hq.pen.write(IssuerRemoved(fingerprint=sha(NIGER), reason="Reported"), actor=FANTA)
        hq.arrive()
        assert (countries(), trusted().lists) == ([], ())
        hq.by_hand(NIGER, signs_lists=True)
        hq.arrive()
        assert countries() == [("ML", "list"), ("NE", "hand")]

    def test_a_list_under_an_authority_that_was_not_taken_for_lists_is_set_aside(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER)
        hq.listed(NIGER, MALI)
        hq.arrive()
        assert countries() == [("NE", "hand")]
        assert [one.code for one in Quarantined.objects.all()] == ["issuer.root_no_lists"]
        hq.by_hand(NIGER, signs_lists=True)
        hq.arrive()
        assert retry_quarantined()[1] == 0, "it was not accepted under what was taken since"
        hq.listed(NIGER, MALI)
        hq.arrive()
        assert countries() == [("ML", "list"), ("NE", "hand")]

    def test_one_brings_back_no_list_that_was_removed(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        first = hq.listed(MALI)
        hq.pen.write(MasterListRemoved(list=first, reason="Forged"), actor=MARIAM)
        hq.listed(MALI)
        hq.arrive()
        assert countries() == [("NE", "hand")]
        assert [one.code for one in Quarantined.objects.all()] == ["issuer.list_removed"]
        hq.by_hand(NIGER, signs_lists=True)
        hq.listed(MALI)
        hq.arrive()
        assert countries() == [("ML", "list"), ("NE", "hand")]

    def test_what_was_removed_comes_back_by_two_persons_alone(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        hq.listed(NIGER, MALI)
        hq.pen.write(IssuerRemoved(fingerprint=sha(MALI), reason="Reported"), actor=FANTA)
        hq.listed(NIGER, MALI)
        hq.arrive()
        assert countries() == [("NE", "hand")]
        hq.by_hand(MALI)
        hq.arrive()
        assert countries() == [("ML", "hand"), ("NE", "hand")]

    def test_a_link_is_trusted_as_long_as_what_it_links_to(self) -> None:
        hq = Journal()
        hq.by_hand(NIGER, signs_lists=True)
        link = IssuerLinked(certificate=NIGER_LINK.certificate, links_to=sha(NIGER))
        hq.pen.write(link, actor=FANTA)
        hq.arrive()
        assert countries() == [("NE", "hand"), ("NE", "link")]
        hq.pen.write(IssuerRemoved(fingerprint=sha(NIGER), reason="Reported"), actor=FANTA)
        hq.arrive()
        assert countries() == []


@pytest.mark.django_db(transaction=True)
def test_rebuilt_certificates_equal_the_live_ones() -> None:
    hq = Journal()
    hq.by_hand(NIGER, signs_lists=True)
    hq.listed(NIGER, MALI)
    hq.by_hand(GUINEA)
    hq.pen.write(IssuerLinked(certificate=NIGER_LINK.certificate, links_to=sha(NIGER)), actor=FANTA)
    hq.pen.write(IssuerRemoved(fingerprint=sha(MALI), reason="Reported"), actor=FANTA)
    hq.arrive()
    live = all_rows()
    assert len(live["issuers_issuercertificate"]) == 4
    assert len(live["issuers_acceptedlist"]) == len(live["issuers_removal"]) == 1
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
def test_the_store_is_put_together_only_when_something_came(
    django_assert_num_queries: Any,
) -> None:
    hq = Journal()
    hq.by_hand(NIGER, signs_lists=True)
    hq.arrive()
    before = trusted()
    with django_assert_num_queries(1):
        assert trusted() is before
    hq.by_hand(MALI)
    hq.arrive()
    assert len(trusted().entries) == 2
