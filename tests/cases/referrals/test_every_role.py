"""Every role against every compartment: no role reads a referral, and no compartment but its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from openmidas.posts.entries import Compartment
from openmidas.posts.roles import Role
from tests.cases.referrals.conftest import Room, room_of
from tests.cases.referrals.test_pages import opened
from tests.conftest import HQ, POST
from tests.support.cast import at_node, officer_with

pytestmark = pytest.mark.usefixtures("pages")

POST_ROLES = {Role.SECOND_LINE, Role.HEAD_OF_POST}
HQ_ROLES = {Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT}


class TestEveryRole:
    """In every compartment but one, and then in that one: no role reads, and no compartment but its own."""

    @pytest.mark.parametrize("role", sorted(POST_ROLES | HQ_ROLES))
    @pytest.mark.parametrize("compartment", Compartment)
    def test_reads_by_its_compartment_alone(
        self, room: Room, compartment: Compartment, role: Role
    ) -> None:
        row = room.referred(compartment)
        node = HQ if role in HQ_ROLES else POST
        officer = officer_with(role, node)
        for other in set(Compartment) - {compartment}:
            room.member(officer, other)
        with at_node(node):
            client = room_of(officer)
            answer = opened(client, row)
            assert answer.status_code == 200
            assert "Fatoumata" not in answer.content.decode()
            room.member(officer, compartment)
            assert "Fatoumata" in opened(client, row).content.decode()

    @pytest.mark.parametrize("role", sorted(set(Role) - POST_ROLES - HQ_ROLES))
    def test_without_the_page_gets_none(self, room: Room, role: Role) -> None:
        row = room.referred()
        node = POST if role is Role.PRIMARY else HQ
        with at_node(node):
            client = room_of(officer_with(role, node))
            assert client.get(reverse("referral", args=[row.id])).status_code == 403
            assert client.get(reverse("referrals")).status_code == 403
