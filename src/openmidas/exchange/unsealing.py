"""At a sealed post: opening it with pass phrases and a share from outside, and keeping its lease.

While the post is shut its database cannot say who the HQ is: address and certificate stand in
``sealed.json``. The key that TLS shows the HQ lies on the disk, so that the post can call at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum
from uuid import UUID

from openmidas.exchange import certificates
from openmidas.exchange.link import Link, LinkError
from openmidas.exchange.messages import Deposit, Leased, Refusal, Release
from openmidas.exchange.messages import now as sent_at
from openmidas.exchange.wording import word_problem
from openmidas.nodes.home import NodeHome
from openmidas.nodes.local import Peer
from openmidas.nodes.sealing.database import is_sealed
from openmidas.nodes.sealing.entries import ShareUsed
from openmidas.nodes.sealing.lease import Lease, is_over, new_lease, read_lease, write_lease
from openmidas.nodes.sealing.noting import (
    forget_notes,
    forget_tries,
    note_failed,
    note_unsealed,
)
from openmidas.nodes.sealing.sealed import (
    Holder,
    HqAddress,
    Phrase,
    SealedKey,
    SealFailed,
    Token,
    read_sealed,
    write_sealed,
)
from openmidas.nodes.sealing.tokens import is_of_machine
from openmidas.nodes.sealing.turning import take_key
from openmidas.nodes.sealing.wrapping import at_hq, open_key, proof_of, release_of, secret_of

CALL_SECONDS = 25.0
"""How long an officer waits for the HQ before being told to take the token."""
SPARE = 3600
"""Seconds by which a lease must change to be written down again, to spare the flash memory of a post."""


class Step(StrEnum):
    """What is being done while a post is unsealed, worded in `openmidas.web.gate.wording`."""

    PHRASES = "phrases"
    HQ = "hq"
    DATABASE = "database"


def unseal(
    home: NodeHome,
    phrases: Sequence[Phrase],
    token: Token | None,
    told: Callable[[Step], None] = lambda step: None,
) -> None:
    """Open a post until the power goes, or its lease. The token comes first: it needs no link.

    Who opened it is noted, and how many tries went wrong. Raises `SealFailed` that says what is wrong;
    nothing else has changed then.
    """
    try:
        _unseal(home, read_sealed(home), phrases, token, told)
    except SealFailed as failed:
        note_failed(home, failed)
        raise
    forget_tries(home)


def _unseal(
    home: NodeHome,
    sealed: SealedKey,
    phrases: Sequence[Phrase],
    token: Token | None,
    told: Callable[[Step], None],
) -> None:
    told(Step.PHRASES)
    secret = secret_of(sealed, phrases)
    lease = read_lease(home)
    over = lease is not None and is_over(home, lease)
    if token is not None and token.id not in {each.id for each in sealed.outside}:
        # An old one was left in the machine. Where no other share is, that is said.
        token = token if sealed.held_by(Holder.HQ) is None else None
    given, new = token, None
    if token is None or over:
        token, new = _from_hq(home, sealed, secret, told, token, over=over)
    of_stick = ShareUsed.TPM if is_of_machine(token) else ShareUsed.TOKEN
    share = of_stick if token is given else ShareUsed.HQ
    key = open_key(sealed, secret, token)
    told(Step.DATABASE)
    note = note_unsealed(home, sealed, key, phrases, share, new or lease)
    try:
        take_key(home, key, new)
    except SealFailed:
        forget_notes(home, sealed.node, key, {note.opening})
        raise


def _from_hq(
    home: NodeHome,
    sealed: SealedKey,
    secret: bytes,
    told: Callable[[Step], None],
    token: Token | None,
    *,
    over: bool,
) -> tuple[Token, Lease]:
    """The HQ's share, or the token where the HQ has lost its own, with a new lease."""
    held = sealed.held_by(Holder.HQ)
    if held is None or sealed.hq is None:
        raise SealFailed("seal.no_share")
    told(Step.HQ)
    release = Release(time=sent_at(), id=held.id, release=release_of(secret, held.id))
    try:
        leased = call_hq(home, sealed.hq, release)
    except SealFailed as failed:
        if over and failed.code == "seal.hq_silent":
            raise SealFailed("seal.lease_over", **failed.params) from failed
        raise
    if leased.share is not None:
        token = Token(node=sealed.node, id=held.id, share=leased.share)
    if token is None:
        raise SealFailed("seal.hq_refuses", reason=word_problem("share.unknown"))
    return token, new_lease(leased.lease)


def deposit(home: NodeHome, hq: HqAddress, token: Token, secret: bytes) -> int:
    """Give the HQ a share to keep; for how many seconds the lease is. Raises `SealFailed`."""
    proof = proof_of(release_of(secret, token.id))
    said = Deposit(time=sent_at(), id=token.id, share=token.share, proof=proof)
    return call_hq(home, hq, said).lease


def call_hq(home: NodeHome, hq: HqAddress, message: Deposit | Release) -> Leased:
    """Say this to the HQ. Raises `SealFailed` ``seal.hq_silent`` or ``seal.hq_refuses``."""
    try:
        return asyncio.run(_call(home, hq, message))
    except LinkError as error:
        raise SealFailed("seal.hq_silent", reason=word_problem(error.code)) from error
    except TimeoutError as error:
        raise SealFailed("seal.hq_silent", reason=word_problem("link.timeout")) from error


async def _call(home: NodeHome, hq: HqAddress, message: Deposit | Release) -> Leased:
    context = certificates.client_context(home, home.config().id, hq.certificate)
    async with asyncio.timeout(CALL_SECONDS), Link(hq.address, context) as link:
        answer = await link.call(message)
    if isinstance(answer, Refusal):
        raise SealFailed("seal.hq_refuses", reason=word_problem(answer.code))
    if not isinstance(answer, Leased):
        raise LinkError("link.not_understood", "no lease")
    return answer


def hq_address(hq: Peer) -> HqAddress:
    """Where an HQ is asked while the database is shut."""
    return HqAddress(hq.id, hq.exchange, hq.certificate)


def share_at_hq(home: NodeHome) -> UUID | None:
    """Which share of this post the HQ keeps; None where it is not sealed, or has none there."""
    if not is_sealed(home):
        return None
    held = read_sealed(home).held_by(Holder.HQ)
    return held.id if held else None


def keep_lease(home: NodeHome, hq: Peer, seconds: int) -> None:
    """The HQ has renewed the lease; its address may have changed as well."""
    lease, new = read_lease(home), new_lease(seconds)
    if lease is None or abs(new.until - lease.until) >= SPARE * 1000:
        write_lease(home, new)
    sealed = read_sealed(home)
    if sealed.hq != hq_address(hq):
        write_sealed(home, at_hq(sealed, hq_address(hq)))
