"""An entry and an exit of which somebody asks whether one traveller made both."""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec

_NAMES = UUID("01900000-0000-7000-8000-0000f1005002")


class Pair(msgspec.Struct, frozen=True):
    """Two crossings by their ids."""

    entry: UUID
    exit: UUID

    @property
    def id(self) -> UUID:
        """The id of everything that is said of these two."""
        return uuid5(_NAMES, f"{self.entry.hex} {self.exit.hex}")
