"""Bringing in what a State signed whose certificate is trusted: revocations, certificates of seal signers.

One person does, by name or at the terminal: two have approved the State's certificate, and only its key makes
these. A list of revoked certificates makes no document valid, and the next one replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.documents.chip import Imported, Unreadable, look_through_confined, read_certificate
from openmidas.documents.chip.revocations import issuer_of
from openmidas.issuers import entries, limits
from openmidas.issuers.given import Seen, is_bringable
from openmidas.issuers.models import Removal
from openmidas.issuers.people import bringer
from openmidas.issuers.services import in_parts
from openmidas.issuers.trusting import trusted
from openmidas.journal import Actor, Content
from openmidas.nodes.services import node_time, record_all
from openmidas.posts.refusals import Refused


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the terminal. ``outcomes``: of the whole and of each part; ``bringable``: what can be brought
    in; ``kept_out``: the file or part that nobody brings in so, and why, as the code of a refusal."""

    outcomes: tuple[Imported, ...]
    bringable: list[Seen]
    kept_out: list[tuple[str, str]]


@transaction.atomic
def bring(actor: Actor, found: Sequence[Seen]) -> int:
    """Take in what is `Seen.brought`, as far as it is not here and may come in; how much that was.

    Where nothing is taken it raises `Refused`: ``issuer.nobody``, or why the first did not come in (see
    `kept_out`), or ``issuer.nothing_new``.
    """
    bringer(actor)
    store = trusted()
    kept = {one.fingerprint for one in store.signers}
    lists: dict[bytes, Content] = {}
    signers: dict[str, bytes] = {}
    codes = kept_out(actor.officer, found)
    for seen, code in zip(found, codes, strict=True):
        if code:
            continue
        if seen.said.kind == "signer" and seen.said.fingerprint not in kept:
            signers[seen.said.fingerprint] = seen.brought
        elif seen.said.kind == "revocations" and seen.brought not in store.revocations:
            authority = seen.said.root_fingerprint
            lists[seen.brought] = entries.RevocationsTaken(list=seen.brought, authority=authority)
    if not lists and not signers:
        raise Refused(next(filter(None, codes), "issuer.nothing_new"))
    new: list[Content] = list(lists.values())
    new += [
        entries.SealSignersTaken(certificates=part) for part in in_parts(list(signers.values()))
    ]
    record_all(new, actor=actor)
    return len(lists) + len(signers)


def kept_out(officer: UUID | None, found: Sequence[Seen]) -> list[str]:
    """Why each of these does not come in by this officer, or by the terminal (None); empty where it does.

    ``issuer.large_part``; ``issuer.authority_gone`` where the authority above it is not trusted any more;
    ``issuer.signer_removed`` where somebody else removed it.
    """
    store = trusted()
    signers = [one.said.fingerprint for one in found if one.said.kind == "signer"]
    rows = Removal.objects.filter(of_list=False, digest__in=signers)
    removed = {one.digest for one in rows if one.removed_by != officer}
    codes = []
    for seen in found:
        code = ""
        if not _fits(seen):
            code = "issuer.large_part"
        elif store.find(seen.said.root_fingerprint) is None:
            code = "issuer.authority_gone"
        elif seen.said.kind == "signer" and seen.said.fingerprint in removed:
            code = "issuer.signer_removed"
        codes.append(code)
    return codes


def _fits(seen: Seen) -> bool:
    """Whether it is of a size and a name that an entry of the journal can have."""
    revocations = seen.said.kind == "revocations"
    try:
        name = issuer_of(seen.brought) if revocations else read_certificate(seen.brought).subject
    except Unreadable:
        return False
    most = limits.MOST_REVOCATIONS if revocations else limits.MOST_DER
    return len(seen.brought) <= most and (name.text + name.country).isprintable()


def found_in(name: str, data: bytes) -> Found:
    """What is in a file of the terminal, and what of it can be brought in there."""
    looked = look_through_confined(trusted(), name, data, by="terminal", at=node_time())
    seen = [Seen(said=said, brought=part.data) for part, said in looked.parts if is_bringable(said)]
    codes = kept_out(None, seen)
    parts = tuple(said for _part, said in looked.parts)
    return Found(
        outcomes=(looked.whole, *parts) if looked.whole.kind == "download" else (looked.whole,),
        bringable=[one for one, code in zip(seen, codes, strict=True) if not code],
        kept_out=[(one.said.file, code) for one, code in zip(seen, codes, strict=True) if code],
    )
