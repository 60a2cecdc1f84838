"""Taking a master list into a store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from openmidas.documents.chip.approving import hexadecimal
from openmidas.documents.chip.findings import ChipFinding
from openmidas.documents.chip.master_lists import MasterList
from openmidas.documents.chip.trust import Entry, ListRecord, TrustStore, entry_of

Kind = Literal["list", "certificate", "revocations", "signer", "download", "none"]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    file: str
    kind: Kind
    accepted: bool
    findings: tuple[ChipFinding, ...] = ()
    loaded: int = 0
    """Certificates that could be read; the parts of a download."""
    new: int = 0
    unread: tuple[ChipFinding, ...] = ()
    """Of certificates, or entries of a download, that could not, each with its ``place``."""
    untold: int = 0
    """How many more certificates of a list could not be read, whose reasons a download does not tell."""
    signer: str = ""
    root: str = ""
    root_fingerprint: str = ""
    root_known: bool = False
    """Whether the list's root was trusted already. If not, it has to be compared with what its State says."""
    signed_at: datetime | None = None
    fingerprint: str = ""
    """SHA-256 of the certificate, or of a list: by it either is taken off again."""
    state: str = ""
    number: str = ""
    """Of a list of revoked certificates."""
    until: datetime | None = None
    """How long a list of revoked certificates is good."""
    passed: int = 0
    """Signers of chips in a download, which need not be kept: each chip brings its own."""


def import_list(
    store: TrustStore,
    file: str,
    data: bytes,
    found: MasterList,
    *,
    by: str,
    at: datetime,
    roots: Collection[str],
) -> tuple[TrustStore, Imported]:
    """Trust what a list brings, where it is verified and its root is one of those named, if any are."""
    said = _about(store, file, found, {hexadecimal(root) for root in roots})
    if not said.accepted:
        return store, said
    digest = hashlib.sha256(data).hexdigest()
    record = ListRecord(
        digest=digest,
        file=file,
        signer=said.signer,
        root=said.root_fingerprint,
        root_name=said.root,
        signed_at=found.signed_at,
        certificates=said.loaded,
        imported_by=by,
        imported_at=at,
    )
    entries = {one.fingerprint: one for one in store.entries}
    before = len(entries)
    for certificate in found.certificates:
        kept = entries.get(certificate.fingerprint)
        sources = dict.fromkeys((*_sources(kept), digest))
        entry = entry_of(certificate, "list", sources=tuple(sources))
        entries[entry.fingerprint] = entry
    lists = (*(one for one in store.lists if one.digest != digest), record)
    changed = msgspec.structs.replace(store, entries=tuple(entries.values()), lists=lists)
    new = len(entries) - before
    return changed, msgspec.structs.replace(said, new=new, fingerprint=digest, state="trusted")


def _about(store: TrustStore, file: str, found: MasterList, roots: Collection[str]) -> Imported:
    """Who signed it, what it brings, and whether it may."""
    findings = list(found.findings)
    fingerprint = found.root.fingerprint if found.root else ""
    if roots and fingerprint not in roots:
        params = {"read": fingerprint}
        findings.append(ChipFinding("root_is_another", "list", "Doc 9303-12, 9", params))
    known = store.find(fingerprint)
    return Imported(
        file=file,
        kind="list",
        accepted=found.verified and not (roots and fingerprint not in roots),
        findings=tuple(findings),
        loaded=len(found.certificates),
        unread=tuple(_placed(one.finding, one.place) for one in found.unread),
        signer=found.signer.subject.text if found.signer else "",
        root=found.root.subject.text if found.root else "",
        root_fingerprint=fingerprint,
        root_known=known is not None and store.state(known) == "trusted",
        signed_at=found.signed_at,
    )


def _placed(finding: ChipFinding, place: int) -> ChipFinding:
    params = {**finding.params, "place": str(place)}
    return msgspec.structs.replace(finding, field="certificate", params=params)


def _sources(kept: Entry | None) -> tuple[str, ...]:
    return kept.sources if kept and kept.how == "list" else ()
