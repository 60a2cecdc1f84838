"""Every address of the project, for every role, at both kinds of node.

A new page needs one row in `TABLE`::

    "counter": at_post(Role.PRIMARY),

The row says who is let in, where. From that follows what everybody else gets: the signed-out the
sign-in page (or 401, when a script asks), another role 403, the right role at a node without that
page 404. Who is let in gets none of those but the page itself, a redirect, 400, 409 or 422 for the
empty form that is sent here, 405 for a method that the page does not take; and where the row gives
arguments that name nothing (``id=SOMETHING``), 404.

What answers other systems (``by_token``) opens to no session, whoever is signed in: 401 without a
token, and 404 at a post. Who gets in with a token: `tests/api/test_access.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openmidas.journal import NodeKind
from openmidas.posts.access import access_of
from openmidas.posts.models import Officer
from openmidas.posts.roles import POST_ROLES, Role
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node, client_of, officer_with

SOMETHING = "01900000-0000-7000-8000-00000000abcd"
NODES = {"post": POST, "hq": HQ}
EVERYBODY = "everybody"
SYSTEMS = "systems"
NOBODY = "nobody"


class Row(msgspec.Struct, frozen=True):
    """Who may open a page. ``kwargs``: the arguments in its address.

    ``unknown``: they name nothing that is there, so that who is let in may get 404.
    """

    roles: frozenset[Role] | str
    at: NodeKind | None = None
    kwargs: dict[str, str] = {}
    unknown: bool = False


def open_to_all(*, unknown: bool = False, **kwargs: str) -> Row:
    return Row(EVERYBODY, None, kwargs, unknown=unknown)


def open_at_hq(**kwargs: str) -> Row:
    return Row(EVERYBODY, NodeKind.HQ, kwargs, unknown=bool(kwargs))


def open_at_post(**kwargs: str) -> Row:
    return Row(EVERYBODY, NodeKind.POST, kwargs)


def by_token(**kwargs: str) -> Row:
    return Row(SYSTEMS, NodeKind.HQ, kwargs)


def anywhere(*roles: Role, **kwargs: str) -> Row:
    return Row(frozenset(roles), None, kwargs, unknown=bool(kwargs))


def at_post(*roles: Role, **kwargs: str) -> Row:
    return Row(frozenset(roles), NodeKind.POST, kwargs, unknown=bool(kwargs))


def at_hq(*roles: Role, **kwargs: str) -> Row:
    return Row(frozenset(roles), NodeKind.HQ, kwargs, unknown=bool(kwargs))


SUPERIORS = (Role.HEAD_OF_POST, Role.ADMINISTRATOR)
AT_THE_BARRIER = (Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST)
REGISTRARS = (Role.SECOND_LINE, Role.HEAD_OF_POST)
HQ_READERS = (Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT)
REFERRAL_READERS = (*REGISTRARS, *HQ_READERS)
OWN_LIST_READERS = (Role.HQ_LISTS, Role.HQ_ANALYST, Role.OVERSIGHT)
LIST_READERS = (Role.HQ_LISTS, Role.HEAD_OF_POST, *HQ_READERS)

TABLE: dict[str, Row] = {
    "health": open_to_all(),
    "help": open_to_all(),
    "help-file": open_to_all(path="index.html"),
    "demo-loading": open_to_all(),
    "health-detail": anywhere(*SUPERIORS),
    "health-metrics": open_to_all(),
    "home": anywhere(*Role),
    "sign-in": open_to_all(),
    "sign-out": open_to_all(),
    "set-password": open_to_all(),
    "language": open_to_all(),
    "preferences": anywhere(*Role),
    "collect": open_at_post(),
    "collect-sign-in": open_at_post(),
    "collect-sign-out": open_at_post(),
    "collecting-pin": at_post(*POST_ROLES),
    "officers": anywhere(*SUPERIORS),
    "officer-enrol": anywhere(*SUPERIORS),
    "officer": anywhere(*SUPERIORS, id=SOMETHING),
    "officer-roles": anywhere(*SUPERIORS, id=SOMETHING),
    "officer-suspend": anywhere(*SUPERIORS, id=SOMETHING),
    "officer-reinstate": anywhere(*SUPERIORS, id=SOMETHING),
    "officer-confirm": anywhere(*SUPERIORS, id=SOMETHING),
    "officer-code": anywhere(*SUPERIORS, id=SOMETHING),
    "sticks": anywhere(*SUPERIORS),
    "link": at_post(*SUPERIORS),
    "stick-make": anywhere(*SUPERIORS, id=SOMETHING),
    "witness": anywhere(*SUPERIORS, Role.OVERSIGHT),
    "quarantine": at_hq(Role.ADMINISTRATOR, Role.OVERSIGHT),
    "quarantine-retry": at_hq(Role.ADMINISTRATOR),
    "quarantine-entry": at_hq(Role.ADMINISTRATOR, Role.OVERSIGHT, id=SOMETHING),
    "quarantine-entry-retry": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "find": anywhere(Role.SECOND_LINE, Role.HEAD_OF_POST, Role.HQ_ANALYST, Role.OVERSIGHT),
    "counter": at_post(Role.PRIMARY),
    "counter-scan": at_post(Role.PRIMARY),
    "counter-camera": at_post(Role.PRIMARY),
    "counter-lane": at_post(Role.PRIMARY),
    "counter-chip": at_post(Role.PRIMARY, inspection=SOMETHING),
    "counter-seal": at_post(Role.PRIMARY, inspection=SOMETHING),
    "counter-type": at_post(Role.PRIMARY),
    "counter-decide": at_post(Role.PRIMARY),
    "counter-journey": at_post(Role.PRIMARY),
    "counter-pulse": at_post(Role.PRIMARY),
    "counter-sounds": at_post(Role.PRIMARY),
    "conveyances": at_post(*AT_THE_BARRIER),
    **{
        name: at_post(*AT_THE_BARRIER, conveyance=SOMETHING)
        for name in (
            "conveyance",
            "conveyance-manifest",
            "conveyance-attach",
            "conveyance-here",
            "conveyance-driver",
            "conveyance-close",
        )
    },
    "second-line": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST),
    "complaints": at_hq(Role.OVERSIGHT),
    "complaint": at_hq(Role.OVERSIGHT, id=SOMETHING),
    "complaint-answer": at_hq(Role.OVERSIGHT, id=SOMETHING),
    "public": open_to_all(),
    "public-home": open_to_all(language="fr"),
    "public-complaint": open_at_post(language="ar"),
    "public-report": open_at_post(language="pt"),
    "public-answer": open_at_post(language="en"),
    "public-kept": open_to_all(language="fr", id=SOMETHING, unknown=True),
    "public-verify": open_to_all(language="pt"),
    "public-notice": open_to_all(language="fr"),
    "public-sound": open_to_all(language="fr", spoken="fr", unknown=True),
    "public-receipts-page": open_to_all(),
    "public-figures": open_at_hq(language="fr"),
    "public-figures-file": open_at_hq(),
    "receipts": at_post(*POST_ROLES, crossing=SOMETHING),
    "second-line-case": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING),
    "second-line-resolve": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING),
    **{
        name: at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING)
        for name in (
            "interview-take",
            "interview-leave",
            "interview-note",
            "interview-check",
            "interview-care",
            "interview-hold",
            "interview-history",
            "interview-attach",
            "take-over-answer",
            "take-over-back",
            "refusal-given",
        )
    },
    "interview-picture": at_post(
        Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING, picture=SOMETHING
    ),
    "refusal-form": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING, language="fr"),
    "hits": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST),
    "hit": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING, hit=SOMETHING),
    "hit-answer": at_post(Role.SECOND_LINE, Role.HEAD_OF_POST, crossing=SOMETHING, hit=SOMETHING),
    "referral-new": at_post(*REGISTRARS, crossing=SOMETHING),
    "referral-begin": at_post(*REGISTRARS, crossing=SOMETHING, kind="asylum"),
    "referrals": anywhere(*REFERRAL_READERS),
    "referral": anywhere(*REFERRAL_READERS, id=SOMETHING),
    "referral-note": at_post(*REGISTRARS, id=SOMETHING),
    "referral-close": at_post(*REGISTRARS, id=SOMETHING),
    "referral-attach": at_post(*REGISTRARS, id=SOMETHING),
    "referral-picture": anywhere(*REFERRAL_READERS, id=SOMETHING, picture=SOMETHING),
    "referral-sheet": at_post(*REGISTRARS, id=SOMETHING),
    "pathways": at_hq(*HQ_READERS),
    "pathways-new": at_hq(Role.ADMINISTRATOR),
    "pathways-sample": at_hq(Role.ADMINISTRATOR),
    "pathways-edition": at_hq(*HQ_READERS, id=SOMETHING),
    "compartments": at_hq(Role.ADMINISTRATOR, Role.OVERSIGHT),
    "compartment-member-new": at_hq(Role.ADMINISTRATOR),
    "compartment-member-out": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hits-settled": at_hq(*HQ_READERS),
    "hit-settle": at_hq(Role.HQ_ANALYST, id=SOMETHING),
    "hit-unsettle": at_hq(Role.HQ_ANALYST, id=SOMETHING),
    "looking-back": at_hq(*OWN_LIST_READERS),
    "later-hit": at_hq(*OWN_LIST_READERS, id=SOMETHING),
    "later-hit-answer": at_hq(*OWN_LIST_READERS, id=SOMETHING),
    "hit-figures": at_hq(*OWN_LIST_READERS),
    "hit-figures-table": at_hq(*OWN_LIST_READERS),
    "declarations": at_post(Role.PRIMARY, *REGISTRARS),
    "declare-herd": at_post(Role.PRIMARY, *REGISTRARS),
    "declare-goods": at_post(Role.PRIMARY, *REGISTRARS),
    "declaration": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "hq-declarations": at_hq(*HQ_READERS),
    "hq-declarations-table": at_hq(*HQ_READERS),
    "residents": at_post(Role.PRIMARY, *REGISTRARS),
    "resident-new": at_post(Role.PRIMARY, *REGISTRARS),
    "resident": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "resident-card": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "resident-history": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "resident-counter": at_post(Role.PRIMARY, id=SOMETHING),
    "resident-renew": at_post(Role.HEAD_OF_POST, id=SOMETHING),
    "resident-revoke": at_post(Role.HEAD_OF_POST, id=SOMETHING),
    "hq-residents": at_hq(*HQ_READERS),
    "health-checks": anywhere(*REFERRAL_READERS),
    "health-check": anywhere(*REFERRAL_READERS, crossing=SOMETHING),
    "health-check-save": at_post(*REGISTRARS, crossing=SOMETHING),
    "health-check-answer": at_post(*REGISTRARS, crossing=SOMETHING),
    "health-contacts": anywhere(*REFERRAL_READERS, crossing=SOMETHING),
    "health-contacts-table": anywhere(*REFERRAL_READERS, crossing=SOMETHING),
    "health-definitions": at_hq(*HQ_READERS),
    "health-definitions-new": at_hq(Role.ADMINISTRATOR),
    "health-definitions-sample": at_hq(Role.ADMINISTRATOR),
    "health-definitions-edition": at_hq(*HQ_READERS, id=SOMETHING),
    "incidents": at_post(Role.PRIMARY, *REGISTRARS),
    "incident-rules-here": at_post(*REGISTRARS),
    "incident-report": at_post(Role.PRIMARY, *REGISTRARS),
    "incident": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "incident-update": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "incident-comment": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "incident-attach": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "incident-picture": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING, picture=SOMETHING),
    "hq-incident-pictures": at_hq(*HQ_READERS, id=SOMETHING),
    "hq-incident-picture": at_hq(*HQ_READERS, id=SOMETHING, picture=SOMETHING),
    "incident-close": at_post(*REGISTRARS, id=SOMETHING),
    "incident-reopen": at_post(*REGISTRARS, id=SOMETHING),
    "hq-interviews": at_hq(*HQ_READERS),
    "hq-interview": at_hq(*HQ_READERS, crossing=SOMETHING),
    "hq-interview-listing": at_hq(*HQ_READERS, crossing=SOMETHING, hit=SOMETHING),
    "hq-interview-picture": at_hq(*HQ_READERS, crossing=SOMETHING, picture=SOMETHING),
    "take-over-ask": at_hq(Role.HQ_ANALYST, Role.ADMINISTRATOR, crossing=SOMETHING),
    "take-over-direct": at_hq(Role.HQ_ANALYST, Role.ADMINISTRATOR, crossing=SOMETHING),
    "hq-incidents": at_hq(*HQ_READERS),
    "hq-incident": at_hq(*HQ_READERS, id=SOMETHING),
    "hq-incident-comment": at_hq(Role.HQ_ANALYST, Role.ADMINISTRATOR, id=SOMETHING),
    "hq-incident-close": at_hq(Role.HQ_ANALYST, Role.ADMINISTRATOR, id=SOMETHING),
    "hq-incident-reopen": at_hq(Role.HQ_ANALYST, Role.ADMINISTRATOR, id=SOMETHING),
    "incident-rules": at_hq(*HQ_READERS),
    "incident-rules-new": at_hq(Role.ADMINISTRATOR),
    "incident-rules-sample": at_hq(Role.ADMINISTRATOR),
    "incident-rules-edition": at_hq(*HQ_READERS, id=SOMETHING),
    **{
        name: at_post(Role.PRIMARY, *REGISTRARS)
        for name in (
            "shift",
            "shift-open",
            "shift-hand-over",
            "shift-close",
            "shift-relax",
            "shift-occurrence",
        )
    },
    "shift-relaxation-end": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "shifts": at_post(Role.HEAD_OF_POST),
    "shift-earlier": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "shift-sheet": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING, language="fr"),
    "hq-shifts": at_hq(*HQ_READERS),
    "hq-shift": at_hq(*HQ_READERS, id=SOMETHING),
    "displacements": at_post(Role.PRIMARY, *REGISTRARS),
    "displacement-open": at_post(*REGISTRARS),
    "displacement": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "displacement-count": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "displacement-mark": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "displacement-unmark": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "displacement-close": at_post(*REGISTRARS, id=SOMETHING),
    "displacement-of-crossing": at_post(Role.PRIMARY, *REGISTRARS, id=SOMETHING),
    "hq-displacements": at_hq(*HQ_READERS),
    "hq-displacements-table": at_hq(*HQ_READERS),
    "hq-displacement": at_hq(*HQ_READERS, id=SOMETHING),
    "issuers": at_post(*AT_THE_BARRIER),
    "hq-issuers": at_hq(Role.HQ_LISTS, *HQ_READERS),
    "hq-issuer": at_hq(Role.HQ_LISTS, *HQ_READERS, fingerprint="ab" * 32),
    "hq-issuer-signer": at_hq(Role.HQ_LISTS, *HQ_READERS, fingerprint="ab" * 32),
    "hq-issuer-proposal": at_hq(Role.HQ_LISTS, *HQ_READERS, id=SOMETHING),
    "hq-issuer-list": at_hq(Role.HQ_LISTS, *HQ_READERS, id=SOMETHING),
    "hq-issuer-give": at_hq(Role.HQ_LISTS),
    "hq-issuer-file": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "hq-issuer-decide": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "situation": at_hq(*HQ_READERS),
    "hq-crossings": at_hq(*HQ_READERS),
    "hq-crossing": at_hq(*HQ_READERS, id=SOMETHING),
    "conveyance-picture": at_post(*AT_THE_BARRIER, conveyance=SOMETHING, picture=SOMETHING),
    "hq-conveyance-picture": at_hq(*HQ_READERS, id=SOMETHING, picture=SOMETHING),
    "hq-conveyances": at_hq(*HQ_READERS),
    "hq-conveyance": at_hq(*HQ_READERS, id=SOMETHING),
    "hq-nodes": at_hq(*HQ_READERS),
    "stays": at_hq(*HQ_READERS),
    "stays-over": at_hq(*HQ_READERS),
    "stays-over-counts": at_hq(*HQ_READERS),
    "stays-matches": at_hq(*HQ_READERS),
    "stays-match": at_hq(*HQ_READERS, id=SOMETHING),
    "stays-decide": at_hq(Role.HQ_ANALYST, id=SOMETHING),
    "flows": at_hq(*HQ_READERS),
    "flows-table": at_hq(*HQ_READERS, form="csv"),
    "flows-long": at_hq(*HQ_READERS, form="xlsx"),
    "shift-closing": at_post(Role.PRIMARY, *REGISTRARS),
    "paper": at_post(*REGISTRARS),
    "paper-line": at_post(*REGISTRARS),
    "paper-count": at_post(*REGISTRARS),
    "paper-attach": at_post(*REGISTRARS),
    "paper-page": at_post(*REGISTRARS, day="2026-01-05", picture=SOMETHING),
    "hq-paper": at_hq(*HQ_READERS, post=SOMETHING, day="2026-01-05"),
    "hq-paper-page": at_hq(*HQ_READERS, post=SOMETHING, day="2026-01-05", picture=SOMETHING),
    "hq-leases": at_hq(*HQ_READERS),
    "hq-post-lease": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-post": at_hq(*HQ_READERS, id=SOMETHING),
    "hq-post-new": at_hq(Role.ADMINISTRATOR),
    "hq-invitation-revoke": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-post-revoke": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-post-replace": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-replacement-approve": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-replacement-withdraw": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "hq-rules": at_hq(*HQ_READERS),
    "hq-rules-new": at_hq(Role.ADMINISTRATOR),
    "hq-rules-sample": at_hq(Role.ADMINISTRATOR),
    "hq-rule-set": at_hq(*HQ_READERS, id=SOMETHING),
    "join": open_to_all(),
    "lists": anywhere(*LIST_READERS),
    "list": anywhere(*LIST_READERS, code="none"),
    "list-import": at_hq(Role.HQ_LISTS),
    "list-source": at_hq(Role.HQ_LISTS, edition=SOMETHING),
    "national-list-new": at_hq(Role.HQ_LISTS),
    "national-list": at_hq(*OWN_LIST_READERS, id=SOMETHING),
    "national-list-settings": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "national-list-publish": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "national-list-template": at_hq(Role.HQ_LISTS),
    "national-list-file": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "national-list-upload": at_hq(Role.HQ_LISTS, id=SOMETHING, upload=SOMETHING),
    "national-list-rejected": at_hq(Role.HQ_LISTS, id=SOMETHING, upload=SOMETHING),
    "listing-propose": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "listing": at_hq(*OWN_LIST_READERS, id=SOMETHING),
    "listing-change": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "listing-remove": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "listings-due": at_hq(Role.HQ_LISTS),
    "proposals": at_hq(Role.HQ_LISTS),
    "proposal": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "proposal-decide": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "proposal-batch": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "proposal-batch-approve": at_hq(Role.HQ_LISTS, id=SOMETHING),
    "workstation": open_to_all(),
    "workstation-reader": Row(EVERYBODY, NodeKind.POST),
    "workstation-authority": Row(EVERYBODY, unknown=True),
    "lookups": anywhere(Role.HEAD_OF_POST, Role.OVERSIGHT, Role.ADMINISTRATOR),
    "systems": at_hq(Role.ADMINISTRATOR, Role.OVERSIGHT),
    "system": at_hq(Role.ADMINISTRATOR, Role.OVERSIGHT, id=SOMETHING),
    "system-admit": at_hq(Role.ADMINISTRATOR),
    "system-revoke": at_hq(Role.ADMINISTRATOR, id=SOMETHING),
    "api-docs": open_at_hq(),
    "api-openapi": open_at_hq(),
    "api-unknown": open_at_hq(rest="nothing"),
    "api-crossings": by_token(),
    "api-crossing": by_token(crossing=SOMETHING),
    "api-flows": by_token(),
    "api-posts": by_token(),
    "api-health": by_token(),
    "api-screen": by_token(),
}


def patterns(of: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the project."""
    for entry in (of or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_address_has_a_row() -> None:
    names = {pattern.name or str(pattern.pattern) for pattern in patterns()}
    missing = sorted(names - set(TABLE))
    assert not missing, (
        f"no row for {missing}: add one to TABLE in {__file__}, for example "
        f'"{missing[0]}": at_post(Role.PRIMARY)'
    )
    gone = sorted(set(TABLE) - names)
    assert not gone, f"rows without an address: remove {gone} from TABLE in {__file__}"


def test_every_view_declares_who_may_open_it() -> None:
    for pattern in patterns():
        assert access_of(pattern.callback), f"{pattern.name}: decorate the view with @allow(…)"


def _client(who: str, cast: Cast, node: UUID) -> Client:
    """A signed-in client of this role, at any node, even one that no one has there; or nobody's."""
    return Client() if who == NOBODY else client_of(_holder(cast, Role(who), node))


def _holder(cast: Cast, role: Role, node: UUID) -> Officer:
    for officer in vars(cast).values():
        if officer.post == node and officer.roles == [role]:
            return officer
    return officer_with(role, node)


@pytest.mark.parametrize("who", [NOBODY, *Role])
@pytest.mark.parametrize("node", NODES)
def test_every_role_gets_what_the_table_says(cast: Cast, pages: None, node: str, who: str) -> None:
    wrong = []
    with at_node(NODES[node]):
        client = _client(who, cast, NODES[node])
        for name, row in TABLE.items():
            if name == "sign-out":
                continue  # it would end the walk; see test_signing_in
            url = reverse(name, kwargs=row.kwargs)
            for method in (client.get, client.post):
                got = method(url).status_code
                if not _fits(row, who, NodeKind(node), got):
                    wrong.append(f"{method.__name__} {name}: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "name", [name for name, row in TABLE.items() if row.roles not in (EVERYBODY, SYSTEMS)]
)
def test_a_script_of_nobody_gets_401(db: None, name: str) -> None:
    url = reverse(name, kwargs=TABLE[name].kwargs)
    client = Client(headers={"HX-Request": "true"})
    assert [client.get(url).status_code, client.post(url).status_code] == [401, 401]


def _fits(row: Row, who: str, node: NodeKind, status: int) -> bool:
    """Whether this status is what the table says for this person."""
    if row.roles not in (EVERYBODY, SYSTEMS):
        if who == NOBODY:
            return status == 302
        if who not in row.roles:
            return status == 403
    if row.at not in (None, node):
        return status == 404
    if row.roles == SYSTEMS:
        return status in (401, 405)
    if row.unknown and status == 404:
        return True
    return status in (200, 204, 302, 400, 405, 409, 422)
