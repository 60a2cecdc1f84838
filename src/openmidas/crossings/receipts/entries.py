"""What the headquarters writes so that posts can sign receipts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_STATE, Content, NodeKind, kind

MOST_CERTIFICATE = 400


@kind("signer.certified", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class SignerCertified(Content, frozen=True, kw_only=True):
    """The HQ certifies the name and the key by which a post signs receipts.

    ``certificate``: as it stands in each of that post's codes, see `documents.receipts.code`.
    """

    certified: UUID
    post: UUID
    certificate: Annotated[bytes, Meta(max_length=MOST_CERTIFICATE)]
