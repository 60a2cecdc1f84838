"""From certificates to rows."""

from __future__ import annotations

from openmidas.crossings.receipts.entries import SignerCertified
from openmidas.crossings.receipts.models import ReceiptCertificate
from openmidas.documents.receipts import read_certificate
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, projects, put


@projects(SignerCertified)
def signer_certified(origin: Origin, content: SignerCertified) -> None:
    try:
        key = read_certificate(content.certificate).key
    except ValueError as error:
        reason = str(error)
        raise JournalError("entry.malformed", kind="signer.certified", reason=reason) from error
    put(
        ReceiptCertificate,
        origin,
        content.certified,
        post=content.post,
        public_key=key,
        certificate=content.certificate,
        at=origin.at,
        clock=origin.clock,
    )
