"""Approving what was proposed, and taking off what is trusted. A new store is given, none is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from openmidas.documents.chip.certificates import read_certificate
from openmidas.documents.chip.seal_signers import SealSigner
from openmidas.documents.chip.trust import Entry, ListRecord, Removed, TrustStore

_LONGEST_PERSON = 100
_Kept = TypeVar("_Kept", bound=Entry | SealSigner)


class NotPossible(Exception):  # noqa: N818  reads as a sentence where it is raised
    """Nothing was done to the store. ``code`` has words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def approve(store: TrustStore, fingerprint: str, *, by: str, at: datetime) -> TrustStore:
    """A second person agrees to a proposed certificate. Raises `NotPossible`."""
    entry = _only(store.entries, fingerprint)
    if entry.how != "hand" or entry.approved_by:
        raise NotPossible("nothing_to_approve")
    if not person(by) or person(by) == person(entry.proposed_by):
        raise NotPossible("same_person")
    done = msgspec.structs.replace(entry, approved_by=by.strip(), approved_at=at)
    rest = tuple(done if one is entry else one for one in store.entries)
    return msgspec.structs.replace(store, entries=rest)


def remove(store: TrustStore, fingerprint: str, *, by: str, at: datetime) -> TrustStore:
    """Take off a certificate, of a State or of a seal signer, or a list with all that it alone vouches for.
    Raises `NotPossible`.

    One person may: documents become *issuer unknown* by it, never valid.
    """
    if not person(by):
        raise NotPossible("nobody")
    wanted = hexadecimal(fingerprint)
    lists = [one for one in store.lists if wanted and one.digest.startswith(wanted)]
    if len(lists) == 1:
        return _without_list(store, lists[0], by=by, at=at)
    certificates: tuple[Entry | SealSigner, ...] = (*store.entries, *store.signers)
    found = _only(certificates, fingerprint)
    subject = read_certificate(found.der).subject.text
    return msgspec.structs.replace(
        store,
        entries=tuple(one for one in store.entries if one is not found),
        signers=tuple(one for one in store.signers if one is not found),
        removed=(*store.removed, Removed(found.fingerprint, subject, by.strip(), at)),
    )


def _without_list(store: TrustStore, record: ListRecord, *, by: str, at: datetime) -> TrustStore:
    """A certificate that another list has as well stays."""
    kept = []
    for entry in store.entries:
        sources = tuple(one for one in entry.sources if one != record.digest)
        if entry.how != "list" or sources:
            kept.append(msgspec.structs.replace(entry, sources=sources))
    gone = Removed(record.digest, record.file, by.strip(), at)
    return msgspec.structs.replace(
        store,
        entries=tuple(kept),
        lists=tuple(one for one in store.lists if one is not record),
        removed=(*store.removed, gone),
    )


def _only(among: Sequence[_Kept], fingerprint: str) -> _Kept:
    wanted = hexadecimal(fingerprint)
    found = [one for one in among if wanted and one.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise NotPossible("several_fit" if found else "none_fits")
    return found[0]


def hexadecimal(typed: str) -> str:
    """A fingerprint as people copy it, with colons, spaces and capitals."""
    return re.sub(r"[^0-9a-f]", "", typed.lower())


def person(name: str) -> str:
    """Who somebody is, however they are spelled."""
    return " ".join(name.casefold().split())[:_LONGEST_PERSON]
