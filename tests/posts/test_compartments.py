"""Compartments: who lets whom in, for how long, and how that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import Scope
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import node_day
from openmidas.posts.compartments import compartments_of, let_in, shut_out
from openmidas.posts.entries import Compartment, CompartmentOpened
from openmidas.posts.models import CompartmentMember
from openmidas.posts.roles import Role
from tests.conftest import HQ, POST
from tests.crossings.test_projections import arrive
from tests.support.cast import Cast, acting, at_node, client_of, english, officer_with, refusal
from tests.support.tables import all_rows
from tests.support.writers import Pen


@pytest.mark.usefixtures("as_hq")
class TestAMembership:
    def test_opens_one_compartment_and_no_other(self, cast: Cast) -> None:
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD)
        assert compartments_of(cast.boubacar) == {Compartment.CHILD}
        assert compartments_of(cast.coumba) == set()

    def test_is_told_to_the_officers_post_and_to_no_other(self, cast: Cast) -> None:
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD)
        let_in(acting(cast.idrissa), cast.djibril.id, Compartment.CHILD)
        written = JournalEntry.objects.filter(kind="compartment.opened").order_by("sequence")
        audiences = [decode_body(bytes(one.body or b"")).audience for one in written]
        assert [one.scope for one in audiences] == [Scope.POSTS, Scope.HQ]
        assert audiences[0].posts == (POST,)

    def test_ends_with_its_last_day(self, cast: Cast) -> None:
        today = node_day()
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD, until=today)
        assert compartments_of(cast.boubacar) == {Compartment.CHILD}
        CompartmentMember.objects.update(until=today - timedelta(days=1))
        assert compartments_of(cast.boubacar) == set()
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD)  # and can begin anew

    def test_is_taken_back_once(self, cast: Cast) -> None:
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD)
        row = CompartmentMember.objects.get()
        for _ in range(2):
            shut_out(acting(cast.idrissa), row.id)
        assert compartments_of(cast.boubacar) == set()
        assert JournalEntry.objects.filter(kind="compartment.closed").count() == 1
        with refusal("compartment.unknown"):
            shut_out(acting(cast.idrissa), new_id())

    def test_sent_twice_is_one(self, cast: Cast) -> None:
        id = new_id()
        for _ in range(2):
            let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD, membership=id)
        assert CompartmentMember.objects.count() == 1
        with refusal("compartment.inside"):
            let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD)

    def test_is_given_to_nobody_by_themselves(self, cast: Cast) -> None:
        with refusal("officer.self"):
            let_in(acting(cast.idrissa), cast.idrissa.id, Compartment.ASYLUM)

    def test_needs_a_role_that_has_the_pages(self, cast: Cast) -> None:
        for officer in (cast.aminata, cast.fanta):
            with refusal("compartment.role"):
                let_in(acting(cast.idrissa), officer.id, Compartment.ASYLUM)
        with refusal("officer.unknown"):
            let_in(acting(cast.idrissa), new_id(), Compartment.ASYLUM)
        with refusal("compartment.past"):
            yesterday = node_day() - timedelta(days=1)
            let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.ASYLUM, until=yesterday)


def test_a_post_lets_nobody_in(cast: Cast) -> None:
    with refusal("mandate.missing"):
        let_in(acting(cast.coumba), cast.boubacar.id, Compartment.ASYLUM)
    pen = Pen()
    pen.write(
        CompartmentOpened(
            membership=new_id(), officer=cast.boubacar.id, compartment=Compartment.ASYLUM
        )
    )
    with at_node(HQ):
        arrive(pen)
    assert Quarantined.objects.get().code == "entry.not_authorised"
    assert compartments_of(cast.boubacar) == set()


@pytest.mark.django_db(transaction=True)
def test_rebuilt_memberships_equal_the_live_ones(cast: Cast) -> None:
    with at_node(HQ):
        let_in(acting(cast.idrissa), cast.boubacar.id, Compartment.CHILD, until=node_day())
        shut_out(acting(cast.idrissa), CompartmentMember.objects.get().id)
        live = all_rows()
        rebuild()
        assert all_rows() == live


@pytest.mark.usefixtures("as_hq", "pages")
class TestThePage:
    def test_lets_in_and_takes_back(self, cast: Cast) -> None:
        client = english(client_of(cast.idrissa))
        form = {
            "membership": str(new_id()),
            "officer": str(cast.boubacar.id),
            "compartment": "trafficking",
        }
        page = client.post(reverse("compartment-member-new"), form, follow=True).content.decode()
        assert "Take back: Boubacar Traoré, Victim of trafficking" in page
        row = CompartmentMember.objects.get()
        out = reverse("compartment-member-out", args=[row.id])
        assert "taken back" in client.post(out, follow=True).content.decode()

    def test_keeps_what_was_chosen_when_something_is_wrong(self, cast: Cast) -> None:
        client = english(client_of(cast.idrissa))
        form = {"membership": str(new_id()), "officer": "", "compartment": "asylum"}
        answer = client.post(reverse("compartment-member-new"), form)
        assert answer.status_code == 422
        assert '<option value="asylum" selected>' in answer.content.decode()

    def test_is_read_by_oversight_without_the_form(self, cast: Cast) -> None:
        page = english(client_of(officer_with(Role.OVERSIGHT, HQ))).get(reverse("compartments"))
        assert "Nobody is in a compartment yet" in page.content.decode()
        assert "Let somebody in" not in page.content.decode()
