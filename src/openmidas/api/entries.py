"""What the API's room writes into the HQ's journal: which systems may ask, and what they were told.

No post needs any of it: the bodies stay at the HQ.
"""

from __future__ import annotations

from uuid import UUID

from openmidas.journal import TO_NODE, Content, NodeKind, kind


@kind("system.admitted", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SystemAdmitted(Content, frozen=True, kw_only=True):
    """Another system of the State may ask this HQ.

    ``responsible``: who answers for it there; ``scopes``: codes of `api.scopes`; ``digest``: of its
    token, see `api.tokens`; ``expires``: milliseconds since 1970.
    """

    system: UUID
    name: str
    responsible: str
    purpose: str
    scopes: tuple[str, ...]
    digest: str
    expires: int


@kind("system.revoked", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SystemRevoked(Content, frozen=True, kw_only=True):
    """A system may not ask any more."""

    system: UUID
    reason: str


@kind("system.read", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SystemRead(Content, frozen=True, kw_only=True):
    """A system was told who crossed: one entry for each answer that named somebody.

    ``asked``: the question as it came; ``records``: how many crossings were told; ``first``,
    ``last``: the ends of the run, by which it can be told later who was in it.
    """

    read: UUID
    system: UUID
    asked: str
    records: int
    first: UUID
    last: UUID


@kind("system.used", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SystemUsed(Content, frozen=True, kw_only=True):
    """How often a system asked on a day that is over, and how many records it was told.

    ``day``: where the HQ is, written as 2026-11-25; ``last``: its last question of that day,
    milliseconds since 1970. Several entries for one day add up.
    """

    use: UUID
    system: UUID
    scope: str
    day: str
    requests: int
    records: int
    last: int
