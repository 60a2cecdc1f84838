"""What the HQ writes into its journal of lost and stolen documents: an edition, and what changes.

No number stands in an entry. That of an edition has the key that its file is asked with: whoever has
the file alone cannot ask it anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from openmidas.exchange.deltas import MOST_BYTES
from openmidas.journal import TO_STATE, Content, NodeKind, kind
from openmidas.screening.lost import MOST_FILE_BYTES

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Number = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


@kind("lost.published", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class LostPublished(Content, frozen=True, kw_only=True):
    """An edition of the lost and stolen documents; its file is carried, and is known by ``digest``.

    ``digest``: SHA-256 of the file; ``key``: of the hashes in it; ``dated``: the day of the list;
    ``documents``: how many are in it, those of no known kind three times; ``left_out``: how many rows
    could not be read; ``limit_days``: older than that, it is stale.
    """

    edition: UUID
    title: Title
    dated: datetime
    digest: Sha256
    size: Annotated[int, msgspec.Meta(ge=1, le=MOST_FILE_BYTES)]
    key: Key
    documents: Count
    left_out: Count
    limit_days: Count


@kind("lost.changed", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class LostChanged(Content, frozen=True, kw_only=True):
    """What changed of an edition, as an attachment; ``number``: the first changes of an edition are 1.

    ``digest``, ``size``: of the attachment; ``added``, ``removed``: how many documents, counted likewise.
    """

    edition: UUID
    number: Number
    dated: datetime
    digest: Sha256
    size: Annotated[int, msgspec.Meta(ge=1, le=MOST_BYTES)]
    added: Count
    removed: Count
    left_out: Count
