"""Bringing in what a State signed whose certificate is trusted: revocations, and certificates of who seals.

One person does, by name or at the terminal: two have approved the State's certificate, and only its key makes
these. A list of revoked certificates makes no document valid, and the next one replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from openmidas.documents.chip import Imported, Unreadable, look_through_confined, read_certificate
from openmidas.documents.chip.revocations import issuer_of
from openmidas.issuers import entries, limits
from openmidas.issuers.given import BROUGHT, Seen
from openmidas.issuers.models import Removal
from openmidas.issuers.people import bringer
from openmidas.issuers.services import in_parts
from openmidas.issuers.trusting import trusted
from openmidas.journal import Actor, Content
from openmidas.nodes.services import node_time, record_all
from openmidas.posts.refusals import Refused


@transaction.atomic
def bring(actor: Actor, found: Sequence[Seen]) -> int:
    """Take in what is `Seen.brought`, as far as it is not here; how much that was.

    Raises `Refused`: ``issuer.nobody``, ``issuer.large``, ``issuer.signer_removed``, ``issuer.known`` where
    nothing of it is new, ``issuer.authority_gone`` where the authority above it is not trusted any more.
    """
    bringer(actor)
    store = trusted()
    kept = {one.fingerprint for one in store.signers}
    lists: dict[bytes, Content] = {}
    signers: dict[str, bytes] = {}
    for seen in found:
        _check(actor, seen)
        if store.find(seen.said.root_fingerprint) is None:
            raise Refused("issuer.authority_gone")
        if seen.said.kind == "signer" and seen.said.fingerprint not in kept:
            signers[seen.said.fingerprint] = seen.brought
        elif seen.said.kind == "revocations" and seen.brought not in store.revocations:
            authority = seen.said.root_fingerprint
            lists[seen.brought] = entries.RevocationsTaken(list=seen.brought, authority=authority)
    if not lists and not signers:
        raise Refused("issuer.known")
    new: list[Content] = list(lists.values())
    new += [
        entries.SealSignersTaken(certificates=part) for part in in_parts(list(signers.values()))
    ]
    record_all(new, actor=actor)
    return len(lists) + len(signers)


def _check(actor: Actor, seen: Seen) -> None:
    """Raises `Refused` as `bring` does."""
    try:
        revocations = seen.said.kind == "revocations"
        name = issuer_of(seen.brought) if revocations else read_certificate(seen.brought).subject
    except Unreadable as error:
        raise Refused("issuer.large") from error
    most = limits.MOST_REVOCATIONS if revocations else limits.MOST_DER
    if len(seen.brought) > most or not (name.text + name.country).isprintable():
        raise Refused("issuer.large")
    if revocations:
        return
    gone = Removal.objects.filter(of_list=False, digest=seen.said.fingerprint)
    if any(one.removed_by != actor.officer for one in gone):
        raise Refused("issuer.signer_removed")


def found_in(name: str, data: bytes) -> tuple[tuple[Imported, ...], list[Seen]]:
    """What became of each part of a file of the terminal, and what of it can be brought in."""
    looked = look_through_confined(trusted(), name, data, by="terminal", at=node_time())
    seen = [
        Seen(said=said, brought=part.data)
        for part, said in looked.parts
        if said.accepted and said.new and said.kind in BROUGHT
    ]
    parts = tuple(said for _part, said in looked.parts)
    return (looked.whole, *parts) if looked.whole.kind == "download" else (looked.whole,), seen
