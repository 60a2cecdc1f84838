"""Giving the form of a refusal."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from openmidas.cases.refusal_form.entries import (
    MOST_LANGUAGE,
    RefusalServed,
    Signed,
    Understood,
)
from openmidas.cases.refusal_form.models import ServedRefusal
from openmidas.crossings import limits
from openmidas.crossings.models import Crossing, Recorded, Status
from openmidas.crossings.saving import saved_already
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused


def refused_here(crossing: UUID) -> Crossing | None:
    """A crossing of this post that was refused before the traveller's eyes; None for any other.

    At the lane while the post was shut as well. What was typed in from paper was served on paper.
    """
    return (
        Crossing.objects.filter(id=crossing, node=this_node().id, status=Status.REFUSED)
        .exclude(recorded__in=(Recorded.PAPER, Recorded.REGISTER))
        .first()
    )


@transaction.atomic
def serve(
    actor: Actor, crossing: UUID, id: UUID, language: str, understood: Understood, signed: Signed
) -> None:
    """Write down that the form was given and explained; the same again changes nothing.

    ``language``: the one that the traveller understands, in a word, whether or not the form is in
    it. Raises `Refused`: ``refusal.unknown``, ``refusal.language``,
    ``form.saved_already``, ``field.too_long``, ``field.unprintable``.
    """
    language = " ".join(language.split())
    if not language:
        raise Refused("refusal.language")
    limits.check_text("language", language, MOST_LANGUAGE)
    if refused_here(crossing) is None:
        raise Refused("refusal.unknown")
    said = {"language": language, "understood": understood, "signed": signed}
    if not saved_already(ServedRefusal, id, crossing=crossing, **said):
        content = RefusalServed(
            serving=id, crossing=crossing, language=language, understood=understood, signed=signed
        )
        record(content, actor=actor)
