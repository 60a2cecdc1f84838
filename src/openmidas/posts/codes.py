"""One-time codes: how an officer sets a password at the node, without one ever travelling.

A code has 60 random bits in three groups, ``K7QF-3MXA-9TRB``, in Crockford's 32 letters: no I, L, O
or U, which people read wrongly. Its Argon2id digest stands in the journal; ten wrong tries make it
void, so that a digest is of no use even to somebody who reads a stolen journal slowly.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_time, record
from openmidas.posts import entries
from openmidas.posts.local import CodeTries
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.models import Officer, OneTimeCode, UsedCode
from openmidas.posts.passwords import store_password
from openmidas.posts.refusals import PasswordRefused, Refused
from openmidas.posts.signing_in import officers_called
from openmidas.posts.standing import Standing, hq_nodes, may_sign_in, standing_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
VALID_FOR = timedelta(hours=72)
MOST_TRIES = 10
MOST_OPEN = 3
"""Codes of one officer that are tried: each costs the time of an Argon2 digest."""
_MISREAD = str.maketrans("OIL", "011")


class IssuedCode(msgspec.Struct, frozen=True):
    """A code to hand over, shown once and stored nowhere."""

    text: str
    expires: datetime


def new_code() -> str:
    """60 random bits, in three groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(re.findall("....", letters))


def normalise(typed: str) -> str:
    """A code as people type it, in the form of which the digest was made."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_MISREAD)


def issue_code(actor: Actor, officer: UUID) -> IssuedCode:
    """Make a code for an officer who is enrolled and not suspended. Raises `Refused`."""
    mandate = mandate_of(actor)
    known = Officer.objects.filter(id=officer).first()
    if known is None:
        raise Refused("officer.unknown")
    mandate.check_post(known.post)
    if standing_of(known) is not Standing.ACTIVE:
        raise Refused("officer.not_active")
    text = new_code()
    expires = node_time() + VALID_FOR
    content = entries.CodeIssued(
        code=new_id(),
        officer=known.id,
        digest=make_password(normalise(text)),  # outside the transaction: it takes its time
        expires=int(expires.timestamp() * 1000),
    )
    with transaction.atomic():
        record(content, actor=actor, audience=mandate.audience(known.post))
    return IssuedCode(text, expires)


def set_password_by_code(username: str, typed: str, password: str) -> Officer:
    """Set an officer's password here, and spend the code.

    Raises `Refused` (``code.wrong``, ``code.expired``, ``code.void``) or `PasswordRefused`.
    """
    officer, code = _owner_of(username.strip(), normalise(typed))
    if code.expires_at <= node_time():
        raise Refused("code.expired")
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise PasswordRefused(list(error.messages)) from error
    hashed = make_password(password)
    with transaction.atomic():
        _spend(officer, Actor(officer.id, officer.roles[0]))
        store_password(officer.id, hashed)
    return officer


def _owner_of(username: str, code: str) -> tuple[Officer, OneTimeCode]:
    candidates = [officer for officer in officers_called(username) if may_sign_in(officer)]
    open_codes = [
        (officer, one) for officer in candidates for one in _open_codes(officer)[:MOST_OPEN]
    ]
    if not open_codes:
        make_password(code)  # so that the time taken does not tell who has a code
        raise Refused("code.wrong")
    # Counted before it is compared, so that tries sent at once are counted all the same.
    tries = _count_try([one.id for _, one in open_codes])
    for officer, one in open_codes:
        if check_password(code, one.digest):
            CodeTries.objects.filter(code=one.id).delete()
            return officer, one
    if tries >= MOST_TRIES:
        with transaction.atomic():
            for officer in candidates:
                _spend(officer, Actor())
        raise Refused("code.void")
    raise Refused("code.wrong")


def _open_codes(officer: Officer) -> QuerySet[OneTimeCode]:
    """The codes of an officer that are not spent, written by those who may; newest first."""
    by_right = Q(node=officer.post) | Q(node__in=hq_nodes())
    spent = UsedCode.objects.filter(officer=officer.id).values("id")
    return (
        OneTimeCode.objects.filter(by_right, officer=officer.id)
        .exclude(id__in=spent)
        .order_by("-expires_at")
    )


def _count_try(codes: list[UUID]) -> int:
    """Count one more try against these codes; the most that any of them has had."""
    with transaction.atomic():
        for code in codes:
            CodeTries.objects.get_or_create(code=code)
        CodeTries.objects.filter(code__in=codes).update(wrong=F("wrong") + 1)
        return max(CodeTries.objects.filter(code__in=codes).values_list("wrong", flat=True))


def _spend(officer: Officer, actor: Actor) -> None:
    """All codes of the officer are spent: with one used, an older one must not live on.

    Raises `Refused` ``code.wrong`` when somebody else was faster.
    """
    hold_journal()
    codes = list(_open_codes(officer))
    if not codes:
        raise Refused("code.wrong")
    for code in codes:
        record(entries.CodeUsed(code=code.id, officer=officer.id), actor=actor)
        CodeTries.objects.filter(code=code.id).delete()
