"""What stands on a list: one listing is one person or entity, with everything its source says.

A reader fills these structs and nothing else, so that the matching never knows which list it
reads. Text that the source holds is kept beside what was understood of it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Quality = Literal["primary", "good", "low"]
Kind = Literal["person", "entity", "document"]
DocumentKind = Literal["passport", "national_id", "other"]
Sex = Literal["F", "M"]


class ListedName(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One name as the list writes it; `script` is an ISO 15924 code ("Latn", "Arab", ...)."""

    text: str
    quality: Quality = "primary"
    script: str = "Latn"


class ListedBirth(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A time of birth as a range of days, both ends included; both None when it is not readable.

    A known day has `earliest == latest`, a year is its first and last day. `text` is for people.
    """

    earliest: date | None
    latest: date | None
    text: str


class ListedDocument(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A document of the listed person. `issuer` is alpha-3, None when the list does not say."""

    kind: DocumentKind
    number: str
    issuer: str | None
    text: str


class Detail(msgspec.Struct, frozen=True, gc=False):
    """Something the list tells that nothing is matched by: for the second line to read.

    `kind` is one of "title", "designation", "birth_place", "address", "note", "updated",
    "source_id", "list_type".
    """

    kind: str
    text: str


class Listing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person or entity on a list. `id` is the list's own reference ("CDi.001").

    `nationalities` are alpha-3 codes; `unread` holds each piece of the source, written
    "FIELD: text", that was there and not understood. A document that is listed by itself has no name.

    What a State's own list says beside: `category`, why in one word; `action`, what is asked of who
    meets the listing, and `code`, all that the primary line is told of that; `discreet`: nobody near
    the traveller shall notice; `expires_on`: the last day that it holds.
    """

    id: str
    kind: Kind
    names: tuple[ListedName, ...]
    births: tuple[ListedBirth, ...] = ()
    sex: Sex | None = None
    nationalities: tuple[str, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    programme: str = ""
    listed_on: date | None = None
    remarks: str = ""
    details: tuple[Detail, ...] = ()
    unread: tuple[str, ...] = ()
    category: str = ""
    action: str = ""
    code: str = ""
    discreet: bool = False
    expires_on: date | None = None

    @property
    def name(self) -> str:
        """The name the list leads with."""
        return self.names[0].text if self.names else self.id
