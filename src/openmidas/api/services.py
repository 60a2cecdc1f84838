"""Admitting the State's other systems to the API, and shutting them out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.api.entries import SystemAdmitted, SystemRevoked
from openmidas.api.models import LONGEST_NAME, LONGEST_TEXT, System
from openmidas.api.scopes import Scope
from openmidas.api.tokens import digest_of, new_token
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_time, record
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.refusals import Refused

LONGEST_LIFE = timedelta(days=366)
"""A year, leap years included: then somebody decides again whether the system still needs it."""
SHORTEST_PURPOSE = 20


class Standing(StrEnum):
    """Whether a system may ask, and if not, why."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """A system that is to be admitted. ``expires``: from when on its token is void."""

    name: str
    responsible: str
    purpose: str
    scopes: frozenset[Scope]
    expires: datetime


class IssuedToken(msgspec.Struct, frozen=True):
    """A token to hand over, shown once and stored nowhere."""

    system: UUID
    text: str


def admit_system(actor: Actor, admission: Admission) -> IssuedToken:
    """Give a system a token. For the administrator at the HQ.

    Raises `Refused`: ``mandate.missing``, ``system.name_malformed``, ``system.name_taken``,
    ``system.responsible_missing``, ``system.purpose_missing``, ``system.scopes_missing``,
    ``system.persons_alone``, ``system.expiry_impossible``.
    """
    _check_mandate(actor)
    _check(admission)
    token = new_token()
    content = SystemAdmitted(
        system=new_id(),
        name=admission.name,
        responsible=admission.responsible,
        purpose=admission.purpose,
        scopes=tuple(sorted(admission.scopes)),
        digest=digest_of(token),
        expires=int(admission.expires.timestamp() * 1000),
    )
    with transaction.atomic():
        hold_journal()
        _check_name_free(admission.name)
        record(content, actor=actor)
    return IssuedToken(content.system, token)


def revoke_system(actor: Actor, system: UUID, reason: str) -> None:
    """Shut a system out, at once and for good.

    Raises `Refused`: ``mandate.missing``, ``system.unknown``, ``system.revoked_already``,
    ``system.reason_missing``.
    """
    _check_mandate(actor)
    if not _is_text(reason, LONGEST_TEXT):
        raise Refused("system.reason_missing", most=str(LONGEST_TEXT))
    with transaction.atomic():
        hold_journal()
        known = System.objects.filter(id=system).first()
        if known is None:
            raise Refused("system.unknown")
        if known.revoked_at is not None:
            raise Refused("system.revoked_already")
        record(SystemRevoked(system=system, reason=reason), actor=actor)


def system_with(token: str) -> System | None:
    """The system that was given this token, whether or not it may still ask."""
    return System.objects.filter(digest=digest_of(token)).first()


def standing_of(system: System, now: datetime | None = None) -> Standing:
    """Whether a system may ask now."""
    if system.revoked_at is not None:
        return Standing.REVOKED
    expired = system.expires_at <= (now or node_time())
    return Standing.EXPIRED if expired else Standing.VALID


def _check_mandate(actor: Actor) -> None:
    if not mandate_of(actor).at_hq:
        raise Refused("mandate.missing")


def _check(admission: Admission) -> None:
    now = node_time()
    rules: Iterable[tuple[bool, str]] = (
        (_is_text(admission.name, LONGEST_NAME), "name_malformed"),
        (_is_text(admission.responsible, LONGEST_NAME), "responsible_missing"),
        (_is_text(admission.purpose, LONGEST_TEXT, SHORTEST_PURPOSE), "purpose_missing"),
        (bool(admission.scopes), "scopes_missing"),
        (
            Scope.PERSONS not in admission.scopes or Scope.CROSSINGS in admission.scopes,
            "persons_alone",
        ),
        (now < admission.expires <= now + LONGEST_LIFE, "expiry_impossible"),
    )
    for kept, code in rules:
        if not kept:
            least, most = str(SHORTEST_PURPOSE), str(LONGEST_TEXT)
            raise Refused(f"system.{code}", least=least, most=most)


def _check_name_free(name: str) -> None:
    """Two systems that may ask must not be taken for each other."""
    namesakes = System.objects.filter(name__iexact=name)
    if any(standing_of(one) is Standing.VALID for one in namesakes):
        raise Refused("system.name_taken", name=name)


def _is_text(text: str, most: int, least: int = 1) -> bool:
    return least <= len(text.strip()) and len(text) <= most and text.isprintable()
