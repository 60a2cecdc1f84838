"""Taking certificates and lists into a store, approving and removing them: each gives a new store."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from typing import Literal

import msgspec

from openmidas.documents.chip.certificates import Certificate, read_certificate, read_revocations
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.master_lists import MasterList, read_master_list
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import Entry, ListRecord, Removed, TrustStore, entry_of

Kind = Literal["list", "certificate", "revocations", "none"]
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END")
_LONGEST_PERSON = 100


class NotPossible(Exception):  # noqa: N818  reads as a sentence where it is raised
    """Nothing was done to the store. ``code`` has words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    file: str
    kind: Kind
    accepted: bool
    findings: tuple[ChipFinding, ...] = ()
    loaded: int = 0
    """Certificates that could be read."""
    new: int = 0
    unread: tuple[ChipFinding, ...] = ()
    """Of certificates that could not, each with its place in the list."""
    signer: str = ""
    root: str = ""
    root_fingerprint: str = ""
    root_known: bool = False
    """Whether the list's root was trusted already. If not, it has to be compared with what its State says."""
    signed_at: datetime | None = None
    fingerprint: str = ""
    state: str = ""


def import_file(
    store: TrustStore, file: str, data: bytes, *, by: str, at: datetime, root: str = ""
) -> tuple[TrustStore, Imported]:
    """Take in a master list, a certificate, or a list of revoked ones, in DER or PEM.

    What cannot be taken says why. Raises `NotPossible` only where nobody is named who does it.

    `by`: who does it. `root`: the fingerprint that the root of a list must have, where it is known.
    """
    if len(data) > MOST_BYTES:
        return store, _refused(file, "none", Unreadable("too_large", most=str(MOST_BYTES)))
    der = _der(data)
    reasons: list[tuple[Kind, Unreadable]] = []
    try:
        found = read_master_list(der, (entry.certificate for entry in store.trusted()))
        return _import_list(store, file, der, found, by=by, at=at, root=root)
    except Unreadable as error:
        reasons.append(("list", error))
    try:
        return _import_certificate(store, file, read_certificate(der), by=by, at=at)
    except Unreadable as error:
        reasons.append(("certificate", error))
    try:
        return _import_revocations(store, file, der)
    except Unreadable:
        pass
    kind, reason = reasons[0 if _looks_like_list(der) else 1]
    return store, _refused(file, kind if _looks_like_list(der) else "none", reason)


def approve(store: TrustStore, fingerprint: str, *, by: str, at: datetime) -> TrustStore:
    """A second person agrees to a proposed certificate. Raises `NotPossible`."""
    entry = _only(store, fingerprint)
    if entry.how != "hand" or entry.approved_by:
        raise NotPossible("nothing_to_approve")
    if not _person(by) or _person(by) == _person(entry.proposed_by):
        raise NotPossible("same_person")
    done = msgspec.structs.replace(entry, approved_by=by.strip(), approved_at=at)
    rest = tuple(done if one is entry else one for one in store.entries)
    return msgspec.structs.replace(store, entries=rest)


def remove(store: TrustStore, fingerprint: str, *, by: str, at: datetime) -> TrustStore:
    """Take a certificate off. One person may: documents become *issuer unknown*, never valid, by it."""
    if not _person(by):
        raise NotPossible("nobody")
    entry = _only(store, fingerprint)
    gone = Removed(entry.fingerprint, entry.subject, by.strip(), at)
    return msgspec.structs.replace(
        store,
        entries=tuple(one for one in store.entries if one is not entry),
        removed=(*store.removed, gone),
    )


def _import_list(
    store: TrustStore,
    file: str,
    data: bytes,
    found: MasterList,
    *,
    by: str,
    at: datetime,
    root: str,
) -> tuple[TrustStore, Imported]:
    findings = list(found.findings)
    fingerprint = found.root.fingerprint if found.root else ""
    if root and fingerprint != _hex(root):
        findings.append(
            ChipFinding("root_is_another", "list", "Doc 9303-12, 8", {"read": fingerprint})
        )
    known = store.find(fingerprint)
    said = Imported(
        file=file,
        kind="list",
        accepted=found.verified and not (root and fingerprint != _hex(root)),
        findings=tuple(findings),
        loaded=len(found.certificates),
        unread=tuple(
            msgspec.structs.replace(one.finding, field=f"certificate {one.place}")
            for one in found.unread
        ),
        signer=found.signer.subject.text if found.signer else "",
        root=found.root.subject.text if found.root else "",
        root_fingerprint=fingerprint,
        root_known=known is not None and store.state(known) == "trusted",
        signed_at=found.signed_at,
    )
    if not said.accepted:
        return store, said
    digest = hashlib.sha256(data).hexdigest()
    record = ListRecord(
        digest=digest,
        file=file,
        signer=said.signer,
        root=fingerprint,
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
        sources = tuple(
            dict.fromkeys((*(kept.sources if kept and kept.how == "list" else ()), digest))
        )
        entries[certificate.fingerprint] = entry_of(certificate, "list", sources=sources)
    lists = (*(one for one in store.lists if one.digest != digest), record)
    changed = msgspec.structs.replace(store, entries=tuple(entries.values()), lists=lists)
    return changed, msgspec.structs.replace(said, new=len(entries) - before, state="trusted")


def _import_certificate(
    store: TrustStore, file: str, certificate: Certificate, *, by: str, at: datetime
) -> tuple[TrustStore, Imported]:
    """One certificate: trusted through a link or a list, otherwise proposed for a second person."""
    certificate.key  # noqa: B018  raises where nobody could use it
    said = Imported(
        file=file,
        kind="certificate",
        accepted=True,
        loaded=1,
        root=certificate.subject.text,
        fingerprint=certificate.fingerprint,
    )
    kept = store.find(certificate.fingerprint)
    if kept is not None and store.state(kept) == "trusted":
        return store, msgspec.structs.replace(said, state="trusted")
    problem = _problem(certificate)
    if problem:
        finding = ChipFinding(problem, "certificate", "Doc 9303-12, 7.1")
        return store, msgspec.structs.replace(said, accepted=False, findings=(finding,))
    origin = _origin(store, certificate)
    if origin:
        entry = entry_of(certificate, "link", sources=(origin.fingerprint,))
    elif kept is not None:
        return store, msgspec.structs.replace(said, state="proposed")
    elif not _person(by):
        raise NotPossible("nobody")
    else:
        entry = entry_of(certificate, "hand", proposed_by=by.strip(), proposed_at=at)
    rest = tuple(one for one in store.entries if one is not kept)
    changed = msgspec.structs.replace(store, entries=(*rest, entry))
    return changed, msgspec.structs.replace(said, new=int(kept is None), state=changed.state(entry))


def _import_revocations(store: TrustStore, file: str, data: bytes) -> tuple[TrustStore, Imported]:
    found = read_revocations(data)
    said = Imported(
        file=file,
        kind="revocations",
        accepted=False,
        loaded=len(found.revoked),
        root=found.issuer.text,
    )
    issuers = [entry.certificate for entry in store.trusted()]
    issuers = [one for one in issuers if one.subject.key == found.issuer.key]
    if not any(found.is_signed_by(issuer) for issuer in issuers):
        code = "signature_wrong" if issuers else "issuer_unknown"
        params = {"issuer": found.issuer.text}
        finding = ChipFinding(code, "revocations", "Doc 9303-12, 7.2", params)
        return store, msgspec.structs.replace(said, findings=(finding,))
    kept = tuple(der for der in store.revocations if not _older(der, found.issuer.key, found.made))
    new = int(data not in kept)
    changed = msgspec.structs.replace(store, revocations=(*kept, data) if new else kept)
    return changed, msgspec.structs.replace(
        said, accepted=True, new=new, signed_at=found.made, state="trusted"
    )


def _older(der: bytes, issuer: tuple[tuple[str, str], ...], made: datetime) -> bool:
    """Whether a list is of the same issuer and no newer. What is older than what is there stays beside it:
    certificates are never taken back from being revoked by an old file."""
    kept = read_revocations(der)
    return kept.issuer.key == issuer and kept.made < made


def _problem(certificate: Certificate) -> str:
    if not certificate.may_sign_certificates():
        return "not_an_authority"
    if certificate.self_issued and not certificate.is_signed_by(certificate):
        return "signature_wrong"
    return ""


def _origin(store: TrustStore, certificate: Certificate) -> Entry | None:
    """The trusted certificate that a link certificate links to (Doc 9303-12, 7.1)."""
    if certificate.self_issued:
        return None
    for entry in store.with_name(certificate):
        issuer = entry.certificate
        same_state = issuer.subject.country == certificate.subject.country
        if same_state and issuer.may_sign_certificates() and certificate.is_signed_by(issuer):
            return entry
    return None


def _only(store: TrustStore, fingerprint: str) -> Entry:
    wanted = _hex(fingerprint)
    found = [one for one in store.entries if wanted and one.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise NotPossible("several_fit" if found else "none_fits")
    return found[0]


def _hex(typed: str) -> str:
    """A fingerprint as people copy it, with colons, spaces and capitals."""
    return re.sub(r"[^0-9a-f]", "", typed.lower())


def _person(name: str) -> str:
    """Who somebody is, however they are spelled."""
    return " ".join(name.casefold().split())[:_LONGEST_PERSON]


def _der(data: bytes) -> bytes:
    found = _PEM.search(data)
    if not found:
        return data
    try:
        return base64.b64decode(found[2])
    except ValueError:
        return data


def _looks_like_list(der: bytes) -> bool:
    return b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in der[:40]


def _refused(file: str, kind: Kind, error: Unreadable) -> Imported:
    return Imported(
        file=file, kind=kind, accepted=False, findings=(error.finding("file", "Doc 9303-12, 8"),)
    )
