"""Taking files into a store: lists, certificates, revocations. A new store is given, none is changed."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from openmidas.documents.chip.approving import NotPossible, person
from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.list_importing import Imported, Kind, import_list
from openmidas.documents.chip.master_lists import read_master_list
from openmidas.documents.chip.revocations import (
    REVOCATION_PARAGRAPH,
    RevocationList,
    looks_like_revocations,
    read_revocations,
    revocations_stale,
)
from openmidas.documents.chip.seal_signers import may_name_a_seal
from openmidas.documents.chip.signer_importing import import_signer
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import (
    Entry,
    TrustStore,
    entry_of,
    name_key,
    signer_among,
)

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END")


def import_file(
    store: TrustStore, file: str, data: bytes, *, by: str, at: datetime, roots: Collection[str] = ()
) -> tuple[TrustStore, Imported]:
    """Take in one thing, in DER or PEM: a master list, a certificate of an authority or of a seal signer, a
    list of revoked ones.

    What cannot be taken says why. Raises `NotPossible` only where nobody is named who does it.

    `by`: who does it. `roots`: fingerprints of which the root of a list must have one, if there are any.
    """
    if len(data) > MOST_BYTES:
        return store, _refused(file, "none", Unreadable("too_large", most=str(MOST_BYTES)))
    der = as_der(data)
    if _looks_like_list(der):
        try:
            found = read_master_list(der, (entry.certificate for entry in store.trusted()))
        except Unreadable as error:
            return store, _refused(file, "list", error)
        return import_list(store, file, der, found, by=by, at=at, roots=roots)
    try:
        if looks_like_revocations(der):
            return _import_revocations(store, file, read_revocations(der), at)
        certificate = read_certificate(der)
        if may_name_a_seal(certificate) and not certificate.may_sign_certificates():
            return import_signer(store, file, certificate, at=at)
        return _import_certificate(store, file, certificate, by=by, at=at)
    except Unreadable as error:
        return store, _refused(file, "none", error)


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
    elif not person(by):
        raise NotPossible("nobody")
    else:
        entry = entry_of(certificate, "hand", proposed_by=by.strip(), proposed_at=at)
    rest = tuple(one for one in store.entries if one is not kept)
    changed = msgspec.structs.replace(store, entries=(*rest, entry))
    return changed, msgspec.structs.replace(said, new=int(kept is None), state=changed.state(entry))


def _import_revocations(
    store: TrustStore, file: str, found: RevocationList, at: datetime
) -> tuple[TrustStore, Imported]:
    """A list that a trusted authority signed, in the place of older ones of the same key.

    All others stay: no file takes back what another key, or a later list, revoked.
    """
    said = Imported(
        file=file,
        kind="revocations",
        accepted=False,
        loaded=len(found.revoked),
        root=found.issuer.text,
        signed_at=found.made,
        number="" if found.number is None else str(found.number),
        until=found.until,
    )
    wanted = name_key(found.issuer.key)
    named = [one.certificate for one in store.trusted() if one.name_key == wanted]
    signer = signer_among(named, found)
    if signer is None:
        code = "signature_wrong" if named else "issuer_unknown"
        params = {"issuer": found.issuer.text}
        finding = ChipFinding(code, "revocations", REVOCATION_PARAGRAPH, params)
        return store, msgspec.structs.replace(said, findings=(finding,))
    stale = (revocations_stale(found.until),) if found.until < at else ()
    said = msgspec.structs.replace(
        said,
        accepted=True,
        findings=stale,
        state="trusted",
        root_fingerprint=signer.fingerprint,
    )
    same = list(_of_key(store, signer, found))
    if any(one.is_newer_than(found) for one in same):
        older = ChipFinding("revocations_older", "revocations", REVOCATION_PARAGRAPH, {}, True)
        return store, msgspec.structs.replace(said, findings=(*stale, older))
    replaced = {one.der for one in same}
    kept = tuple(der for der in store.revocations if der not in replaced)
    changed = msgspec.structs.replace(store, revocations=(*kept, found.der))
    return changed, msgspec.structs.replace(said, new=int(found.der not in replaced))


def _of_key(
    store: TrustStore, signer: Certificate, found: RevocationList
) -> Iterator[RevocationList]:
    """The lists that are kept in the same name, of the same key."""
    for one in map(read_revocations, store.revocations):
        if one.issuer.key == found.issuer.key and one.is_signed_by(signer):
            yield one


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


def as_der(data: bytes) -> bytes:
    """The bytes themselves of what may be written as PEM."""
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
    finding = error.finding("file", "Doc 9303-12, certificates and lists")
    return Imported(file=file, kind=kind, accepted=False, findings=(finding,))
