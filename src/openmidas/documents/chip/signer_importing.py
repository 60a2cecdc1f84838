"""Taking the certificate of a seal signer into a store."""

from __future__ import annotations

from datetime import datetime

import msgspec

from openmidas.documents.chip.certificates import Certificate
from openmidas.documents.chip.chain import issuer_in
from openmidas.documents.chip.findings import ChipFinding
from openmidas.documents.chip.list_importing import Imported
from openmidas.documents.chip.seal_signers import is_of_its_state, may_seal, seal_signer
from openmidas.documents.chip.trust import Entry, TrustStore

_PARAGRAPH = "Doc 9303-12, 7.1"


def import_signer(
    store: TrustStore, file: str, certificate: Certificate, *, at: datetime
) -> tuple[TrustStore, Imported]:
    """Keep the certificate of a seal signer, where an authority that is trusted signed it; else say why not.

    One that has ended is kept, too: what it sealed is still shown. Raises `Unreadable` where nobody could
    check with its key.
    """
    certificate.key  # noqa: B018  raises where nobody could use it
    said = Imported(
        file=file,
        kind="signer",
        accepted=False,
        loaded=1,
        signer=certificate.subject.text,
        root=certificate.issuer.text,
        fingerprint=certificate.fingerprint,
        until=certificate.not_after,
    )
    issuer = _issuer(store, certificate)
    if isinstance(issuer, ChipFinding):
        return store, msgspec.structs.replace(said, findings=(issuer,))
    day = {"day": certificate.not_after.date().isoformat()}
    ended = ChipFinding("certificate_ended_since", "certificate", _PARAGRAPH, day, informative=True)
    found = (ended,) if certificate.not_after < at else ()
    one = seal_signer(certificate)
    new = one not in store.signers
    changed = msgspec.structs.replace(store, signers=(*store.signers, one)) if new else store
    taken = msgspec.structs.replace(said, accepted=True, findings=found, new=int(new))
    by = issuer.fingerprint
    return changed, msgspec.structs.replace(taken, state="trusted", root_fingerprint=by)


def _issuer(store: TrustStore, certificate: Certificate) -> Entry | ChipFinding:
    """The authority that is trusted and stands behind it, or why there is none."""
    if not may_seal(certificate):
        return ChipFinding("not_a_seal_signer", "certificate", _PARAGRAPH)
    if not is_of_its_state(certificate):
        countries = {"signer": certificate.subject.country, "issuer": certificate.issuer.country}
        return ChipFinding("countries_differ", "certificate", _PARAGRAPH, countries)
    found = issuer_in(certificate, store)
    if isinstance(found, ChipFinding):
        return found
    if not found.not_before <= certificate.not_before <= found.not_after:
        params = {"day": certificate.not_before.date().isoformat()}
        return ChipFinding("issuer_not_valid_then", "certificate", _PARAGRAPH, params)
    return found
