"""A person that another system asks about, put to the lists of this headquarters.

Only the public lists are asked: a State's own lists have readers, and another system is none of them.
Told is which listing was met, how sure, and which fields agree; not what stands in the listing.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field

from openmidas.api.models import System
from openmidas.api.problems import NotAnswered
from openmidas.journal import Actor
from openmidas.lists.explaining import word_sentence
from openmidas.lists.in_use import EditionInUse, ListHit, lists_now
from openmidas.posts.lookups import Purpose, made
from openmidas.screening import Evidence
from openmidas.screening.commands.asked import Asked, NotUnderstood, read_person
from openmidas.screening.commands.running import surest

PUBLIC = ("un", "ofac", "eu", "uk", "ftm")
"""Codes of lists that anybody can read, so that telling of them tells nothing new."""

Line = Annotated[str, Field(max_length=200)]


class ScreenAsked(Schema):
    """Who is asked about; a name or the number of a document is needed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line = Field("", description=_("The whole name, in any script and order."))
    surname: Line = Field("", description=_("Where the parts of the name are known: the surname."))
    given_names: Line = Field("", description=_("Beside the surname: the given names."))
    birth: Annotated[str, Field(pattern=r"^(~?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$")] = Field(
        "", description=_("As far as it is known: 1974, 1974-08 or 1974-08-12; ~1974 for about.")
    )
    sex: Literal["F", "M", "X", ""] = Field("", description=_("F, M or X; empty: not known."))
    nationality: Line = Field("", description=_("The code of a State, or its name."))
    number: Line = Field("", description=_("The number of the document."))
    number_issuer: Line = Field("", description=_("The State that issued the document."))


class ToldField(Schema):
    """What one field says."""

    field: str = Field(description=_("Which field: name, birth, sex, nationality or number."))
    agrees: bool | None = Field(
        description=_("Whether it agrees; null: it says nothing, or is only close.")
    )
    how: str = Field(description=_("In which way, as a code."))
    weight: float = Field(description=_("What it adds to the score, in bits."))


class ToldHit(Schema):
    """A listing that may be this person. A person decides."""

    list_code: str = Field(serialization_alias="list", description=_("The code of the list."))
    listing: str = Field(description=_("The list’s own reference of the listing."))
    level: str = Field(
        serialization_alias="class", description=_("How sure it is: strong, possible or weak.")
    )
    score: float = Field(
        description=_("The sum of the evidence in bits; the same for all questions.")
    )
    sentence: str = Field(description=_("What that means, in words."))
    evidence: list[ToldField] = Field(description=_("Field by field."))


class ToldEdition(Schema):
    """A list that was asked, and its age."""

    list_code: str = Field(
        serialization_alias="list", description=_("Which list this is, by code.")
    )
    dated: date = Field(description=_("The day of the edition that was asked."))
    age_days: int = Field(description=_("The age of that edition today, in days."))
    stale: bool = Field(
        description=_("Whether it is past its limit: no hit in it never means clear.")
    )


class ToldScreening(Schema):
    """What the lists say of a person."""

    hits: list[ToldHit] = Field(description=_("The listings met, the surest first."))
    editions: list[ToldEdition] = Field(
        description=_("What was asked; empty: there is no list, and nothing was compared.")
    )


def told_screening(system: System, asked: ScreenAsked) -> ToldScreening:
    """The answer; that the person was looked up is on disk before it. Raises `NotAnswered` (422)."""
    person = _person(asked)
    snapshot = lists_now()
    found = surest(
        hit
        for query in person.queries()
        for hit in snapshot.screen(query)
        if hit.list_code in PUBLIC
    )
    text = " ".join(
        part for part in (asked.name, asked.surname, asked.given_names, asked.number) if part
    )
    made(Actor(), Purpose.OTHER, f"{system.name}: {system.purpose}", f"API: {text}", len(found))
    return ToldScreening(
        hits=[_hit(hit) for hit in found],
        editions=[_edition(one) for one in snapshot.editions if one.list_code in PUBLIC],
    )


def _person(asked: ScreenAsked) -> Asked:
    given = {field: text for field, text in asked.model_dump().items() if text}
    try:
        person = read_person(given)
    except NotUnderstood as error:
        raise NotAnswered(422, "person.missing") from error
    if person.wrong:
        raise NotAnswered(422, "parameter.malformed", name=person.wrong[0].field)
    if person.unknown:
        name = person.unknown[0].partition(":")[0]
        raise NotAnswered(422, "parameter.malformed", name=name)
    return person


def _hit(hit: ListHit) -> ToldHit:
    return ToldHit(
        list_code=hit.list_code,
        listing=hit.listing.id,
        level=hit.level,
        score=hit.score,
        sentence=word_sentence(hit.level, [_bare(item) for item in hit.evidence]),
        evidence=[
            ToldField(
                field=item.field, agrees=item.agrees, how=item.how, weight=round(item.weight, 2)
            )
            for item in hit.evidence
        ],
    )


def _bare(item: Evidence) -> Evidence:
    """Without the parts of the name, which the sentence would quote from the listing."""
    return Evidence(item.field, item.agrees, "", "", item.how, item.weight)


def _edition(edition: EditionInUse) -> ToldEdition:
    return ToldEdition(
        list_code=edition.list_code,
        dated=edition.dated,
        age_days=edition.age_days,
        stale=edition.stale,
    )
