"""What the pages show of referrals: to whom may read one, and to everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.cases.referrals.access import Reader
from openmidas.cases.referrals.models import Referral, ReferralNote
from openmidas.cases.referrals.pathways import Consent, Field, Pathway, Said, Step
from openmidas.cases.referrals.publishing import pathway_of
from openmidas.cases.referrals.wording import (
    SOMETHING,
    said,
    word_consent,
    word_kind,
    word_outcome,
)
from openmidas.crossings.models import Crossing
from openmidas.crossings.words import state_in_words
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer, Post


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A referral in a line. ``kind``: "A referral exists" for whoever is not to know more."""

    id: UUID
    at: datetime
    kind: str
    readable: bool
    open: bool
    by: str
    post: str = ""
    outcome: str = ""


class TakenStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was taken, or a note: when, by whom, who was reached."""

    at: datetime
    by: str
    reached: str
    text: str


class ShownStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a pathway, and what was done of it."""

    number: int
    do: str
    organisation: str = ""
    role: str = ""
    telephone: str = ""
    hours: str = ""
    taken: tuple[TakenStep, ...] = ()


class ShownField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the minimum data set, with what is told or typed."""

    code: str
    label: str
    value: str
    needed: bool
    long: bool


class ShownPathway(msgspec.Struct, frozen=True, kw_only=True):
    """A pathway in the language of the page. ``aide_one_text``: its source was published in one text for
    all languages, so that it may read in another one."""

    kind: str
    introduction: str
    about_consent: str
    aide: tuple[str, ...]
    aide_source: str
    aide_one_text: bool
    steps: tuple[ShownStep, ...]


class ShownReferral(msgspec.Struct, frozen=True, kw_only=True):
    """All of a referral, for whoever may read it and has said for what."""

    told: Told
    consent: str
    why: str
    passes_on: bool
    fields: tuple[ShownField, ...]
    pathway: ShownPathway | None
    notes: tuple[TakenStep, ...]
    closing: str
    closed_by: str
    closed_at: datetime | None


def in_lines(rows: Iterable[Referral], reader: Reader) -> list[Told]:
    """These referrals as this officer may know of them."""
    rows = list(rows)
    names = _names(id for row in rows for id in (row.officer, row.closed_by))
    posts = dict(Post.objects.values_list("id", "name"))
    return [_told(row, reader, names, posts.get(row.node, "")) for row in rows]


def referrals_of(crossing: Crossing, officer: Officer) -> list[Told]:
    """The referrals of a traveller, as this officer may know of them, the first one first."""
    rows = Referral.objects.filter(crossing=crossing.id, node=crossing.node).order_by("at", "id")
    return in_lines(rows, Reader(officer))


def in_full(row: Referral, reader: Reader) -> ShownReferral:
    """One referral. Whether the officer may read it is the caller's to ask."""
    notes = list(ReferralNote.objects.filter(referral=row.id, node=row.node).order_by("at", "id"))
    names = _names([row.officer, row.closed_by, *(note.officer for note in notes)])
    pathway = pathway_of(row.edition, Compartment(row.compartment), row.node)
    taken: dict[int | None, list[TakenStep]] = {}
    for note in notes:
        one = TakenStep(
            at=note.at, by=names.get(note.officer, ""), reached=note.reached, text=note.text
        )
        taken.setdefault(note.step, []).append(one)
    return ShownReferral(
        told=_told(row, reader, names, ""),
        consent=word_consent(row.consent),
        why=row.why,
        passes_on=row.consent != Consent.REFUSED,
        fields=_told_fields(row, pathway),
        pathway=shown_pathway(pathway, taken) if pathway else None,
        notes=tuple(taken.get(None, ())),
        closing=row.closing,
        closed_by=names.get(row.closed_by, ""),
        closed_at=row.closed_at,
    )


def shown_pathway(
    pathway: Pathway, taken: Mapping[int | None, list[TakenStep]] | None = None
) -> ShownPathway:
    """A pathway in the language of the page, with the steps that were taken."""
    return ShownPathway(
        kind=word_kind(pathway.kind),
        introduction=said(pathway.introduction),
        about_consent=said(pathway.about_consent),
        aide=tuple(map(said, pathway.aide)),
        aide_source=said(pathway.aide_from) if pathway.aide_from else pathway.aide_source,
        aide_one_text=pathway.aide_from is None,
        steps=tuple(
            _step(number, step, tuple((taken or {}).get(number, ())))
            for number, step in enumerate(pathway.steps, 1)
        ),
    )


def fields_to_fill(
    pathway: Pathway, crossing: Crossing, typed: Mapping[str, str] | None
) -> list[ShownField]:
    """The fields of a form: what was typed, else what the crossing says of the traveller."""
    known = {
        "name": f"{crossing.surname} {crossing.given_names}".strip(),
        "born": crossing.birth,
        "sex": crossing.sex,
        "nationality": state_in_words(crossing.nationality) if crossing.nationality else "",
        "origin": crossing.origin,
    }
    values = known if typed is None else {code: typed.get(code, "") for code in typed}
    return [_field(one, values.get(one.code, "")) for one in pathway.data]


def _told(row: Referral, reader: Reader, names: Mapping[UUID | None, str], post: str) -> Told:
    return Told(
        id=row.id,
        at=row.at,
        kind=word_kind(row.compartment) if reader.may_know_kind(row) else str(SOMETHING),
        readable=reader.may_read(row),
        open=not row.outcome,
        by=names.get(row.officer, ""),
        post=post,
        outcome=word_outcome(row.outcome) if row.outcome and reader.may_read(row) else "",
    )


def _told_fields(row: Referral, pathway: Pathway | None) -> tuple[ShownField, ...]:
    labels = {one.code: one for one in pathway.data} if pathway else {}
    return tuple(
        _field(labels.get(one.code) or _unlabelled(one.code), one.value) for one in row.told()
    )


def _unlabelled(code: str) -> Field:
    """A field of an edition that is not here any more, by its code."""
    return Field(code=code, label=Said(fr=code, en=code))


def _field(field: Field, value: str) -> ShownField:
    return ShownField(
        code=field.code,
        label=said(field.label),
        value=value,
        needed=field.needed,
        long=field.long,
    )


def _step(number: int, step: Step, taken: tuple[TakenStep, ...]) -> ShownStep:
    if step.call is None:
        return ShownStep(number=number, do=said(step.do), taken=taken)
    return ShownStep(
        number=number,
        do=said(step.do),
        organisation=step.call.organisation,
        role=said(step.call.role),
        telephone=step.call.telephone,
        hours=said(step.call.hours),
        taken=taken,
    )


def _names(officers: Iterable[UUID | None]) -> dict[UUID | None, str]:
    known = {id for id in officers if id is not None}
    return dict(Officer.objects.filter(id__in=known).values_list("id", "name"))
