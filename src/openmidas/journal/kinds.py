"""The kinds of journal entry: who may write each, who may read its body, and how old versions are read.

Every room declares its kinds in its own ``entries.py``::

    @kind("crossing.admitted", version=1, audience=TO_HQ, authority={NodeKind.POST})
    class CrossingAdmitted(Content, frozen=True, kw_only=True): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from openmidas.journal.errors import UNREADABLE, JournalError


class NodeKind(StrEnum):
    """What a node is in its State."""

    POST = "post"
    HQ = "hq"


class Scope(StrEnum):
    """How far the body of an entry may travel."""

    NODE = "node"
    HQ = "hq"
    STATE = "state"
    POSTS = "posts"


class Audience(msgspec.Struct, frozen=True):
    """Who may have the body of an entry. Everybody else who copies the journal gets its header."""

    scope: Scope
    posts: tuple[UUID, ...] = ()

    def admits(self, node: UUID, kind: NodeKind) -> bool:
        """Whether the body may go to this node of the same State."""
        match self.scope:
            case Scope.NODE:
                return False
            case Scope.HQ:
                return kind is NodeKind.HQ
            case Scope.STATE:
                return True
            case Scope.POSTS:
                return kind is NodeKind.HQ or node in self.posts


TO_NODE = Audience(Scope.NODE)
TO_HQ = Audience(Scope.HQ)
TO_STATE = Audience(Scope.STATE)


def to_posts(posts: Iterable[UUID]) -> Audience:
    """The body goes to these posts, and to the HQ."""
    return Audience(Scope.POSTS, tuple(sorted(posts)))


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry says. One frozen struct per kind; fields are only ever added with a default."""


ContentType = TypeVar("ContentType", bound=type[Content])
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Lifts the fields of one version to the next: a pure function of them, no clock, no chance, no table."""
# What an upcaster raises where the old fields are not what they were declared as: whoever wrote them
# may have written anything.
_UNLIFTABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class EntryKind(msgspec.Struct, frozen=True):
    """One kind of entry, as its room declared it.

    ``urgent``: it may overtake the journal on its way. ``lasting``: what other entries are checked by,
    keys of nodes and orders to erase; no erasure takes its body away. ``confined``: its body leaves the
    node for the HQ of the same State alone, whatever audience an entry names (`nodes.ways_out`).
    """

    name: str
    version: int
    content: type[Content]
    audience: Audience
    authority: frozenset[NodeKind]
    upcasters: dict[int, Upcaster]
    urgent: bool = False
    lasting: bool = False
    confined: bool = False

    def decode(self, version: int, raw: bytes) -> Content:
        """Read content of this version, lifting an older one step by step; the stored bytes stay.

        Raises `JournalError` ``entry.version_unknown`` or ``entry.malformed``.
        """
        if version > self.version:
            raise JournalError("entry.version_unknown", kind=self.name, version=str(version))
        try:
            if version == self.version:
                return msgspec.msgpack.decode(raw, type=self.content)
            return msgspec.convert(self._lift(version, raw), self.content)
        except (*UNREADABLE, *_UNLIFTABLE) as error:
            raise JournalError("entry.malformed", kind=self.name, reason=repr(error)) from error

    def _lift(self, version: int, raw: bytes) -> dict[str, Any]:
        fields = msgspec.msgpack.decode(raw, type=dict[str, Any])
        for step in range(version, self.version):
            fields = self.upcasters[step](fields)
        return fields


_kinds: dict[str, EntryKind] = {}
_names: dict[type[Content], str] = {}


def kind(
    name: str,
    *,
    version: int,
    audience: Audience,
    authority: Iterable[NodeKind],
    upcasters: dict[int, Upcaster] | None = None,
    urgent: bool = False,
    lasting: bool = False,
    confined: bool = False,
) -> Callable[[ContentType], ContentType]:
    """Declare a kind of entry: its ``noun.verb`` name, its default audience, and which nodes may write it.

    ``urgent``: a copy of such an entry is sent ahead where its journal has a backlog.
    ``upcasters[n]`` lifts the fields of version ``n`` to version ``n + 1``. ``lasting``, ``confined``: as
    in `EntryKind`; a lasting kind holds no personal data. Raises `ValueError` where a version has no
    upcaster.
    """
    lifted = dict(upcasters or {})
    if sorted(lifted) != list(range(1, version)):
        raise ValueError(f"the kind {name} needs one upcaster for each version below {version}")

    def declare(content: ContentType) -> ContentType:
        if name in _kinds:
            raise ValueError(f"the kind {name} is declared twice")
        _kinds[name] = EntryKind(
            name,
            version,
            content,
            audience,
            frozenset(authority),
            lifted,
            urgent,
            lasting,
            confined,
        )
        _names[content] = name
        return content

    return declare


def entry_kinds() -> dict[str, EntryKind]:
    """All kinds declared so far, by name."""
    return dict(_kinds)


def find_kind(name: str) -> EntryKind | None:
    """The kind of this name, or None where this version of the program does not know it."""
    return _kinds.get(name)


def kind_of(content: Content) -> EntryKind:
    """The kind that this content was declared as."""
    return _kinds[_names[type(content)]]
