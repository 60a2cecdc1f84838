"""Enrolling, changing, suspending, reinstating: what happens, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openmidas.journal import Actor, JournalError, Scope
from openmidas.journal.entry import decode_body
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import record
from openmidas.posts import services
from openmidas.posts.entries import OfficerEnrolled, OfficerSuspended
from openmidas.posts.models import Officer
from openmidas.posts.roles import POST_LIMIT, Role
from openmidas.posts.standing import Standing, limit_of, may_sign_in, standing_of
from tests.conftest import HQ, POST
from tests.support.cast import Cast, acting, at_node, refusal
from tests.support.tables import all_rows


def enrol_awa(cast: Cast, role: Role = Role.PRIMARY) -> Officer:
    return services.enrol_officer(
        acting(cast.coumba), username="awa", name="Awa Diallo", roles=[role]
    )


def test_the_hq_tells_a_post_of_its_own_officers_and_no_others(cast: Cast) -> None:
    told = {}
    for entry in JournalEntry.objects.filter(node=HQ, kind="officer.enrolled"):
        body = decode_body(bytes(entry.body or b""))
        content = body.read()
        assert isinstance(content, OfficerEnrolled)
        told[content.username] = body.audience
    assert told["aminata"].scope is Scope.POSTS
    assert told["aminata"].posts == (POST,)
    assert told["idrissa"].scope is Scope.HQ


def test_a_head_of_post_enrols_for_14_days_and_the_hq_hears_of_it(cast: Cast) -> None:
    awa = enrol_awa(cast)
    assert awa.until is not None
    assert timedelta(days=13, hours=23) < awa.until - timezone.now() <= POST_LIMIT
    assert may_sign_in(awa)
    entry = JournalEntry.objects.get(node=POST, kind="officer.enrolled")
    assert decode_body(bytes(entry.body or b"")).audience.scope is Scope.HQ


def test_a_clock_that_fell_back_does_not_renew_an_enrolment(cast: Cast) -> None:
    """The journal knows that it is later than a machine with a dead battery says."""
    awa = enrol_awa(cast)
    in_a_month = int((timezone.now() + timedelta(days=30)).timestamp() * 1000)
    Journal.objects.filter(node=POST).update(at=in_a_month)
    assert standing_of(awa) is Standing.EXPIRED


def test_an_enrolment_by_a_post_ends_unless_the_hq_confirms(cast: Cast) -> None:
    awa = enrol_awa(cast)
    Officer.objects.filter(id=awa.id).update(until=timezone.now() - timedelta(minutes=1))
    awa.refresh_from_db()
    assert standing_of(awa) is Standing.EXPIRED
    with at_node(HQ):
        services.confirm_officer(acting(cast.idrissa), awa.id)
    assert limit_of(awa) is None
    assert may_sign_in(awa)


def test_a_change_keeps_the_time_limit(cast: Cast) -> None:
    awa = enrol_awa(cast)
    changed = services.change_officer(
        acting(cast.coumba), awa.id, name="Awa Diallo", roles=[Role.PRIMARY, Role.SECOND_LINE]
    )
    assert changed.roles == ["primary", "second_line"]
    assert changed.until == awa.until


def test_a_suspension_shuts_out_until_it_is_lifted(cast: Cast) -> None:
    suspension = services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    assert suspension.until is not None
    assert not may_sign_in(cast.aminata)
    services.reinstate(acting(cast.coumba), cast.aminata.id)
    assert may_sign_in(cast.aminata)


def test_the_hq_lifts_what_a_post_suspended_and_not_the_other_way(cast: Cast) -> None:
    services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    with at_node(HQ):
        services.reinstate(acting(cast.idrissa), cast.aminata.id)
        services.suspend(acting(cast.idrissa), cast.boubacar.id, reason="Inquiry")
    assert may_sign_in(cast.aminata)
    with refusal("suspension.by_hq"):
        services.reinstate(acting(cast.coumba), cast.boubacar.id)


def test_a_suspension_by_a_post_ends_by_itself(cast: Cast) -> None:
    suspension = services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    suspension.until = timezone.now() - timedelta(seconds=1)
    suspension.save()
    assert may_sign_in(cast.aminata)


def test_a_user_name_is_taken_once_at_each_node(cast: Cast) -> None:
    with refusal("username.taken"):
        services.enrol_officer(
            acting(cast.coumba), username=" Aminata", name="Aminata Bah", roles=[Role.PRIMARY]
        )
    with at_node(HQ):
        services.enrol_officer(
            acting(cast.idrissa), username="aminata", name="Aminata Bah", roles=[Role.HQ_ANALYST]
        )
    with at_node(POST):
        assert may_sign_in(cast.aminata)


@pytest.mark.parametrize("username", ["a", "Aïssa", "awa diallo", ".awa", "a" * 33, ""])
def test_user_names_are_plain(cast: Cast, username: str) -> None:
    with refusal("username.malformed"):
        services.enrol_officer(
            acting(cast.coumba), username=username, name="Awa", roles=[Role.PRIMARY]
        )


@pytest.mark.parametrize("role", [Role.HEAD_OF_POST, Role.ADMINISTRATOR, Role.OVERSIGHT])
def test_a_head_of_post_gives_the_roles_of_the_lanes_only(cast: Cast, role: Role) -> None:
    with refusal("roles.not_yours"):
        enrol_awa(cast, role)


def test_the_hq_gives_no_role_of_the_hq_at_a_post(cast: Cast) -> None:
    with at_node(HQ), refusal("roles.not_yours"):
        services.enrol_officer(
            acting(cast.idrissa), username="awa", name="Awa", roles=[Role.ADMINISTRATOR], post=POST
        )


def test_nobody_acts_without_the_mandate(cast: Cast) -> None:
    with refusal("mandate.missing"):
        services.suspend(acting(cast.boubacar), cast.aminata.id, reason="A quarrel")
    with at_node(HQ), refusal("mandate.missing"):
        services.suspend(acting(cast.fanta), cast.aminata.id, reason="A quarrel")
    with refusal("mandate.missing"):
        services.configure_post(
            acting(cast.coumba), POST, services.PostLayout(name="Here", lanes=("1",))
        )


@pytest.mark.parametrize(
    ("name", "lanes"),
    [
        (" ", ("1",)),
        ("x" * 121, ("1",)),
        ("Here", ("1", "1")),
        ("Here", ("",)),
        ("Here", ("1" * 33,)),
    ],
)
def test_a_post_is_laid_out_as_every_table_can_hold_it(
    cast: Cast, name: str, lanes: tuple[str, ...]
) -> None:
    with at_node(HQ), refusal("post.malformed"):
        services.configure_post(
            acting(cast.idrissa), POST, services.PostLayout(name=name, lanes=lanes)
        )


def test_nobody_acts_on_themselves(cast: Cast) -> None:
    with refusal("officer.self"):
        services.suspend(acting(cast.coumba), cast.coumba.id, reason="A holiday")
    with at_node(HQ), refusal("officer.self"):
        services.change_officer(
            acting(cast.idrissa),
            cast.idrissa.id,
            name="Idrissa Maïga",
            roles=[Role.ADMINISTRATOR, Role.OVERSIGHT],
        )


def test_a_suspended_head_of_post_has_no_mandate(cast: Cast) -> None:
    with at_node(HQ):
        services.suspend(acting(cast.idrissa), cast.coumba.id, reason="Inquiry")
    with refusal("mandate.missing"):
        enrol_awa(cast)


def test_the_last_administrator_stays(cast: Cast) -> None:
    with at_node(HQ):
        with refusal("administrator.last"):
            services.suspend(Actor(), cast.idrissa.id, reason="Inquiry")
        with refusal("administrator.last"):
            services.change_officer(
                Actor(), cast.idrissa.id, name="Idrissa", roles=[Role.HQ_ANALYST]
            )
        services.enrol_officer(
            Actor(), username="lamine", name="Lamine Kaba", roles=[Role.ADMINISTRATOR]
        )
        services.suspend(Actor(), cast.idrissa.id, reason="Inquiry")
    assert standing_of(cast.idrissa) is Standing.SUSPENDED


def test_a_post_does_not_change_whom_the_hq_enrolled(cast: Cast) -> None:
    with refusal("officer.owned_by_hq"):
        services.change_officer(
            acting(cast.coumba), cast.aminata.id, name="Aminata", roles=[Role.SECOND_LINE]
        )


def test_a_head_of_post_reaches_no_other_node(cast: Cast) -> None:
    with refusal("post.not_yours"):
        services.suspend(acting(cast.coumba), cast.idrissa.id, reason="A quarrel")
    with refusal("post.not_yours"):
        services.enrol_officer(
            acting(cast.coumba), username="awa", name="Awa", roles=[Role.PRIMARY], post=HQ
        )


@pytest.mark.parametrize(
    ("roles", "post", "days"),
    [
        (("administrator",), HQ, 14),
        (("primary",), HQ, 14),
        (("head_of_post",), POST, 14),
        (("primary",), POST, 15),
        (("primary",), POST, None),
    ],
)
def test_a_stolen_post_key_makes_no_officer_beyond_its_mandate(
    cast: Cast, roles: tuple[str, ...], post: object, days: int | None
) -> None:
    until = None if days is None else (timezone.now() + timedelta(days=days)).timestamp() * 1000
    forged = OfficerEnrolled(
        officer=new_id(),
        username="mallory",
        name="Mallory",
        roles=roles,
        post=POST if post is POST else HQ,
        until=None if until is None else int(until),
    )
    with pytest.raises(JournalError, match=r"officer\.not_authorised"):
        record(forged, actor=Actor())


def test_a_stolen_post_key_suspends_nobody_elsewhere(cast: Cast) -> None:
    forged = OfficerSuspended(suspension=new_id(), officer=cast.idrissa.id, reason="Mischief")
    record(forged, actor=Actor())
    assert standing_of(cast.idrissa) is Standing.ACTIVE


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_node_has_the_same_officers(cast: Cast) -> None:
    awa = enrol_awa(cast)
    services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    with at_node(HQ):
        services.reinstate(acting(cast.idrissa), cast.aminata.id)
        services.confirm_officer(acting(cast.idrissa), awa.id)
    live = all_rows()
    rebuild()
    assert all_rows() == live
