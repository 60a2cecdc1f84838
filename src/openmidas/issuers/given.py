"""A file that an officer gives: read by a process of its own, looked at, and then taken or not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.documents.chip import (
    ChipFinding,
    Entry,
    Imported,
    TrustStore,
    import_file_confined,
    look_through_confined,
)
from openmidas.documents.chip.ldif import looks_like_ldif
from openmidas.issuers.local import GivenFile
from openmidas.issuers.models import Removal
from openmidas.issuers.people import keeper
from openmidas.issuers.trusting import trusted, why_not
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_time
from openmidas.posts.refusals import Refused

KEPT = timedelta(days=1)
BROUGHT = ("revocations", "signer")
"""What a State signed that is trusted: one person brings it in."""


def is_bringable(said: Imported) -> bool:
    """Whether it is of what one person brings in, and not here yet."""
    return said.kind in BROUGHT and said.accepted and bool(said.new)


class NotTaken(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A file of which nothing can be taken. ``findings`` say why; they have words."""

    def __init__(self, findings: tuple[ChipFinding, ...]) -> None:
        self.findings = findings
        super().__init__(", ".join(one.code for one in findings))


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is, beside what is trusted now.

    ``entry``: the certificate, where it is one that is not trusted yet; ``listed``: those that a master
    list brings; ``root``: the authority that the list is signed under, where it is here or in the list;
    ``why_not``: why one person cannot accept the list (see `trusting.why_not`); ``brought``: a list of
    revoked certificates, or the certificate of a seal signer, that is not here yet.
    """

    said: Imported
    entry: Entry | None = None
    listed: tuple[Entry, ...] = ()
    root: Entry | None = None
    why_not: str = ""
    brought: bytes = b""

    @property
    def is_link(self) -> bool:
        """Whether it is trusted through a certificate that is: nobody has to approve it."""
        return self.entry is not None and self.entry.how == "link"

    @property
    def is_acceptable(self) -> bool:
        """Whether it is a list that one person can accept."""
        return self.said.kind == "list" and not self.why_not

    @property
    def is_known(self) -> bool:
        """Whether it is a certificate that is trusted already."""
        return self.entry is None and self.said.kind == "certificate"


def look_at(name: str, data: bytes, officer: UUID) -> Seen:
    """Read a file. Raises `NotTaken`."""
    before = trusted()
    after, said = import_file_confined(before, name, data, by=str(officer), at=node_time())
    if not said.accepted:
        raise NotTaken(said.findings)
    if said.kind in BROUGHT:
        return Seen(said=said, brought=_brought(before, after, said))
    if said.kind == "list":
        listed = tuple(one for one in after.entries if said.fingerprint in one.sources)
        root = after.find(said.root_fingerprint)
        code = why_not(said.root_fingerprint, said.fingerprint)
        return Seen(said=said, listed=listed, root=root, why_not=code)
    entry = after.find(said.fingerprint) if before.find(said.fingerprint) is None else None
    return Seen(said=said, entry=_by_hand_again(entry) if entry else None)


def take_file(actor: Actor, name: str, data: bytes) -> GivenFile:
    """Keep a file of which something can be taken, in place of what this officer gave before.

    Raises `NotTaken`, and `Refused` as `people.keeper` does.
    """
    with transaction.atomic():
        officer = keeper(actor)
    if looks_like_ldif(data):
        rows = _download(name, data, officer)
    else:
        look_at(name, data, officer)
        rows = [GivenFile(id=new_id(), officer=officer, name=name[-200:], data=data)]
    at = node_time()
    for row in rows:
        row.at = at
    with transaction.atomic():
        GivenFile.objects.filter(officer=officer).delete()
        GivenFile.objects.bulk_create(rows, batch_size=20)
    return rows[0]


def _download(name: str, data: bytes, officer: UUID) -> list[GivenFile]:
    """A row for the whole, and one for each part of a kind that is taken here. Raises `NotTaken`."""
    looked = look_through_confined(trusted(), name, data, by=str(officer), at=node_time())
    if not looked.whole.accepted:
        raise NotTaken(looked.whole.findings)
    whole = new_id()
    found = [(b"", looked.whole, whole)]
    found += [(part.data, said, new_id()) for part, said in looked.parts]
    return [
        GivenFile(
            id=id,
            officer=officer,
            name=said.file[-200:],
            data=bytes_,
            download=whole,
            said=msgspec.msgpack.encode(said),
        )
        for bytes_, said, id in found
    ]


def file_of(actor: Actor, id: UUID) -> GivenFile:
    """What this officer gave, and nobody else's. Raises `Refused` ``issuer.file_gone``."""
    kept = GivenFile.objects.filter(id=id, at__gt=node_time() - KEPT).first()
    if kept is None or kept.officer != actor.officer:
        raise Refused("issuer.file_gone")
    return kept


def seen(file: GivenFile) -> Seen:
    """What a kept file is, as of now. Raises `NotTaken`."""
    return look_at(file.name, bytes(file.data), file.officer)


def forget_old_files() -> int:
    """Let go of files with which nothing was done within a day; how many."""
    return GivenFile.objects.filter(at__lte=node_time() - KEPT).delete()[0]


def _brought(before: TrustStore, after: TrustStore, said: Imported) -> bytes:
    """What is new of a list or a signer. Raises `NotTaken` where nothing is."""
    new = [one.der for one in after.signers if one not in before.signers]
    new += [one for one in after.revocations if one not in before.revocations]
    if new:
        return new[0]
    older = [one for one in said.findings if one.code == "revocations_older"]
    why = older[0] if older else ChipFinding("brought_before", "file", "")
    raise NotTaken((msgspec.structs.replace(why, informative=False),))


def _by_hand_again(entry: Entry) -> Entry:
    """What was removed once comes back by two persons, link or not."""
    if Removal.objects.filter(of_list=False, digest=entry.fingerprint).exists():
        return msgspec.structs.replace(entry, how="hand", sources=())
    return entry
