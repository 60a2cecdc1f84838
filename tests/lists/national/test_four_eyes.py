"""Two persons stand behind every listing, and nobody gets round that."""

from __future__ import annotations

import threading
from datetime import timedelta

import msgspec
import pytest
from django.db import connection, transaction

from openmidas.journal import Actor, JournalError
from openmidas.journal.models import new_id
from openmidas.journal.rebuild import rebuild
from openmidas.lists.national import entries, proposals
from openmidas.lists.national.batches import batch_of
from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import DocumentOf, NameOf
from openmidas.lists.national.models import End, ListingProposal, NationalList, NationalListing
from openmidas.lists.national.publishing import configure
from openmidas.nodes.services import node_day, record
from openmidas.posts.roles import Role
from openmidas.posts.services import change_officer, suspend
from tests.conftest import POST
from tests.support.cast import Cast, acting, at_node, refusal
from tests.support.national import Desk, said
from tests.support.tables import all_rows


class TestAdding:
    def test_it_takes_two(self, desk: Desk, cast: Cast) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said(), "asked by the court")
        assert not NationalListing.objects.exists()
        proposals.approve(desk.mariam, proposal.id, proposal.digest)
        row = NationalListing.objects.get()
        assert row.said() == said()
        assert (row.number, row.proposed_by, row.approved_by) == (
            "MLI-000001", cast.fanta.id, desk.mariam.officer,
        )  # fmt: skip
        assert ListingProposal.objects.get().end == End.APPROVED

    def test_the_proposer_cannot_approve_in_whatever_role(self, desk: Desk, cast: Cast) -> None:
        change_officer(
            Actor(), cast.fanta.id, name="Fanta Condé", roles=[Role.HQ_LISTS, Role.ADMINISTRATOR]
        )
        proposal = proposals.propose(desk.fanta, desk.list, said())
        for role in ("hq_lists", "administrator"):
            with refusal("proposal.same_person"):
                proposals.approve(Actor(cast.fanta.id, role), proposal.id, proposal.digest)
        with refusal("proposal.same_person"):
            proposals.refuse(desk.fanta, proposal.id, "no need")
        assert not NationalListing.objects.exists()

    @pytest.mark.parametrize("who", ["nobody", "idrissa", "aminata"])
    def test_who_is_no_officer_for_lists_does_neither(
        self, who: str, desk: Desk, cast: Cast
    ) -> None:
        actor = Actor() if who == "nobody" else acting(getattr(cast, who))
        with refusal("list.nobody"):
            proposals.propose(actor, desk.list, said())
        proposal = proposals.propose(desk.fanta, desk.list, said())
        with refusal("list.nobody"):
            proposals.approve(actor, proposal.id, proposal.digest)

    def test_what_was_seen_is_what_is_approved(self, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        with refusal("proposal.changed"):
            proposals.approve(desk.mariam, proposal.id, "0" * 64)
        # Somebody with the database changes the row; the page would show that, and its digest.
        body = msgspec.msgpack.encode(said(action=Action.INFORM))
        ListingProposal.objects.update(body=body)
        with refusal("proposal.changed"):
            proposals.approve(desk.mariam, proposal.id, proposal.digest)

    def test_only_the_first_of_two_decisions_counts(self, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        proposals.refuse(desk.mariam, proposal.id, "not the same man")
        with refusal("proposal.ended"):
            proposals.approve(desk.mariam, proposal.id, proposal.digest)
        with refusal("proposal.ended"):
            proposals.withdraw(desk.fanta, proposal.id)
        assert ListingProposal.objects.get().answer == "not the same man"

    def test_only_the_proposer_takes_it_back(self, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        with refusal("proposal.not_yours"):
            proposals.withdraw(desk.mariam, proposal.id)
        proposals.withdraw(desk.fanta, proposal.id)
        with refusal("proposal.ended"):
            proposals.approve(desk.mariam, proposal.id, proposal.digest)

    def test_a_refusal_needs_a_reason(self, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        with refusal("reason.missing"):
            proposals.refuse(desk.mariam, proposal.id, " ")

    def test_who_may_not_propose_any_more_has_proposed_nothing(
        self, desk: Desk, cast: Cast
    ) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        suspend(Actor(), cast.fanta.id, reason="left the service")
        with refusal("proposal.proposer_gone"):
            proposals.approve(desk.mariam, proposal.id, proposal.digest)

    def test_a_post_keeps_no_list(self, desk: Desk) -> None:
        with at_node(POST), refusal("list.unknown"):
            proposals.propose(desk.fanta, desk.list, said())


class TestTheJournal:
    """What a service that was tampered with would write makes no listing."""

    @pytest.mark.parametrize("who", ["fanta", "nobody"])
    def test_one_pair_of_eyes_is_set_aside(self, who: str, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        content = entries.ListingApproved(proposal=proposal.id, digest=proposal.digest)
        actor = desk.fanta if who == "fanta" else Actor()
        with pytest.raises(JournalError) as raised, transaction.atomic():
            record(content, actor=actor)
        assert raised.value.code == "listing.same_person"

    def test_another_digest_is_set_aside(self, desk: Desk) -> None:
        proposal = proposals.propose(desk.fanta, desk.list, said())
        content = entries.ListingApproved(proposal=proposal.id, digest="0" * 64)
        with pytest.raises(JournalError) as raised, transaction.atomic():
            record(content, actor=desk.mariam)
        assert raised.value.code == "listing.changed"

    def test_a_digest_that_does_not_fit_is_set_aside(self, desk: Desk) -> None:
        forged = entries.ListingProposed(
            proposal=new_id(),
            listing=new_id(),
            list=desk.list,
            change=entries.Change.ADD,
            number="MLI-000009",
            said=said(),
            digest="1" * 64,
        )
        with pytest.raises(JournalError) as raised, transaction.atomic():
            record(forged, actor=desk.fanta)
        assert raised.value.code == "listing.digest"

    def test_a_rebuild_gives_the_same(self, desk: Desk) -> None:
        row = desk.listed()
        proposals.propose_change(desk.mariam, row.id, said(told="Unarmed"), "new facts")
        before = all_rows()
        rebuild()
        assert all_rows() == before


class TestChanging:
    def test_softening_takes_two(self, desk: Desk) -> None:
        row = desk.listed()
        softer = said(action=Action.INFORM, expires_on=node_day() + timedelta(days=1))
        proposal = proposals.propose_change(desk.fanta, row.id, softer, "the court lifted it")
        row.refresh_from_db()
        assert row.said() == said()
        with refusal("proposal.same_person"):
            proposals.approve(desk.fanta, proposal.id, proposal.digest)
        proposals.approve(desk.mariam, proposal.id, proposal.digest)
        row.refresh_from_db()
        assert (row.said(), row.action) == (softer, "inform")

    def test_removing_takes_two(self, desk: Desk) -> None:
        row = desk.listed()
        proposal = proposals.propose_removal(desk.mariam, row.id, "arrested")
        with refusal("proposal.same_person"):
            proposals.approve(desk.mariam, proposal.id, proposal.digest)
        proposals.approve(desk.fanta, proposal.id, proposal.digest)
        row.refresh_from_db()
        assert row.removed
        with refusal("listing.unknown"):
            proposals.propose_removal(desk.mariam, row.id, "again")

    def test_one_change_waits_at_a_time(self, desk: Desk) -> None:
        row = desk.listed()
        proposals.propose_removal(desk.mariam, row.id, "arrested")
        with refusal("listing.waiting"):
            proposals.propose_change(desk.fanta, row.id, said(told="Other"), "new facts")

    def test_a_change_says_why_and_changes_something(self, desk: Desk) -> None:
        row = desk.listed()
        with refusal("reason.missing"):
            proposals.propose_change(desk.fanta, row.id, said(told="Other"), "")
        with refusal("listing.same"):
            proposals.propose_change(desk.fanta, row.id, said(), "nothing new")


class TestOwners:
    def test_only_the_owners_act(self, cast: Cast, desk: Desk) -> None:
        third = acting(cast._enrol("Penda Ly", Role.HQ_LISTS, cast.fanta.post))
        owned = configure(
            desk.fanta,
            code="exit",
            title="Exit bans",
            owners=(cast.fanta.id, desk.mariam_officer.id),
        )
        with refusal("list.not_owner"):
            proposals.propose(third, owned, said())
        proposal = proposals.propose(desk.fanta, owned, said())
        with refusal("list.not_owner"):
            proposals.approve(third, proposal.id, proposal.digest)
        with refusal("list.not_owner"):
            configure(third, list=owned, code="exit", title="Mine")

    def test_a_list_has_two_owners_or_all(self, cast: Cast, desk: Desk) -> None:
        with refusal("list.owners"):
            configure(desk.fanta, code="exit", title="Exit bans", owners=(cast.fanta.id,))
        with refusal("list.owners"):
            owners = (cast.fanta.id, cast.idrissa.id)
            configure(desk.fanta, code="exit", title="Exit bans", owners=owners)

    @pytest.mark.parametrize("code", ["wanted", "un"])
    def test_a_short_name_is_one_list(self, code: str, desk: Desk) -> None:
        with refusal("list.code_taken"):
            configure(desk.fanta, code=code, title="Another")
        assert NationalList.objects.count() == 1

    def test_the_primary_line_never_reads_a_list(self, desk: Desk) -> None:
        with refusal("list.readers"):
            configure(desk.fanta, code="exit", title="Exit bans", readers=("primary",))


class TestChecking:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"reason": " "}, "said.reason"),
            ({"legal_basis": ""}, "said.legal_basis"),
            ({"authority": ""}, "said.authority"),
            (
                {"names": (), "births": (), "sex": None, "nationalities": (), "documents": ()},
                "said.nobody",
            ),
            ({"names": (NameOf("--"),)}, "said.names"),
            ({"names": ()}, "said.names"),
            ({"documents": (DocumentOf("passport", "12"),)}, "said.documents"),
            ({"category": Category.DOCUMENT, "documents": ()}, "said.documents"),
            ({"nationalities": ("XQQ",)}, "said.state"),
        ],
    )
    def test_what_is_missing_is_said(
        self, changes: dict[str, object], code: str, desk: Desk
    ) -> None:
        with refusal(code):
            proposals.propose(desk.fanta, desk.list, said(**changes))

    def test_every_listing_is_reviewed(self, desk: Desk) -> None:
        with refusal("said.expires_past"):
            proposals.propose(desk.fanta, desk.list, said(expires_on=node_day()))
        late = node_day() + timedelta(days=31)
        with refusal("said.expires_late"):
            proposals.propose(
                desk.fanta, desk.list, said(category=Category.HEALTH, expires_on=late)
            )


class TestBatches:
    def test_a_file_is_approved_at_once_by_somebody_else(self, desk: Desk) -> None:
        many = [said(told=str(at)) for at in range(30)]
        id = proposals.propose_many(desk.fanta, desk.list, many, "from the ministry")
        batch = batch_of(id)
        assert batch is not None
        assert (batch.count, batch.categories, len(batch.sample)) == (30, (("arrest", 30),), 20)
        with refusal("proposal.same_person"):
            proposals.approve_batch(desk.fanta, id, batch.digest)
        assert proposals.approve_batch(desk.mariam, id, batch.digest) == 30
        assert NationalListing.objects.count() == 30
        assert batch_of(id) is None

    def test_what_was_seen_of_it_is_what_is_approved(self, desk: Desk) -> None:
        many = [said(told=str(at)) for at in range(3)]
        id = proposals.propose_many(desk.fanta, desk.list, many, "from the ministry")
        batch = batch_of(id)
        assert batch is not None
        proposals.withdraw(desk.fanta, batch.sample[0].id)
        with refusal("proposal.changed"):
            proposals.approve_batch(desk.mariam, id, batch.digest)

    def test_one_bad_line_and_none_is_proposed(self, desk: Desk) -> None:
        with refusal("said.reason"):
            proposals.propose_many(desk.fanta, desk.list, [said(), said(reason="")], "file")
        assert not ListingProposal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_make_one_listing(desk: Desk) -> None:
    proposal = proposals.propose(desk.fanta, desk.list, said())
    ended: list[str] = []

    def approve() -> None:
        try:
            proposals.approve(desk.mariam, proposal.id, proposal.digest)
            ended.append("approved")
        except proposals.Refused as refused:
            ended.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["approved", "proposal.ended"]
