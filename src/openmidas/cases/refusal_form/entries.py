"""What is written down when the form of a refusal is given to the traveller."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, Content, NodeKind, kind

MOST_LANGUAGE = 40


class Understood(StrEnum):
    """How the traveller came to understand what the form says."""

    READ = "read"
    READ_OUT = "read_out"
    INTERPRETER = "interpreter"


class Signed(StrEnum):
    """Whether the traveller signed for it. Nothing depends on it but the proof that it was given."""

    SIGNED = "signed"
    DECLINED = "declined"
    UNABLE = "unable"


@kind("refusal.served", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class RefusalServed(Content, frozen=True, kw_only=True):
    """The form was given to a traveller who was refused, and explained in ``language`` (a word)."""

    serving: UUID
    crossing: UUID
    language: Annotated[str, Meta(min_length=1, max_length=MOST_LANGUAGE)]
    understood: Understood
    signed: Signed
