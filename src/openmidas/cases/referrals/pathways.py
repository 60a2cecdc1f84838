"""Pathways: whom to call for whom, in which order, with whose consent. Data of the State, as law is.

The texts stand in the file in both languages, since whom to call differs from post to post and no
catalogue can know it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.posts.entries import Compartment

SAMPLE = "west-africa-2026-11.toml"
MAX_TITLE = 120
MAX_TEXT = 600
MAX_NAME = 120
MAX_CODE = 32
MAX_DAYS = 36_500

Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
Code = Annotated[str, Meta(pattern=f"^[a-z][a-z_]{{0,{MAX_CODE - 1}}}$")]


class PathwaysError(Exception):
    """A file of pathways that cannot be taken. Codes:

    "malformed" {reason}, "twice" {place}: two pathways for one kind and post, or two fields of one code;
    "unprintable" {place}, "unknown_post" {place}, "missing" {place}: a kind that no post would have.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


class Consent(StrEnum):
    """By what somebody is referred. Closed; the last one refers nobody's data to anybody."""

    PERSON = "person"
    GUARDIAN = "guardian"
    BEST_INTERESTS = "best_interests"
    LIFE_IN_DANGER = "life_in_danger"
    REFUSED = "refused"


WITH_A_REASON = frozenset({Consent.BEST_INTERESTS, Consent.LIFE_IN_DANGER, Consent.REFUSED})
"""Where nobody consented, it is said why."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in French and English."""

    fr: Text
    en: Text


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call. ``telephone`` empty: the State has not filled it in."""

    organisation: Name
    role: Said
    hours: Said
    telephone: Annotated[str, Meta(max_length=40)] = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a pathway; ``call`` None where nobody is called."""

    do: Said
    call: Contact | None = None


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of the minimum data set. ``needed``: without it nobody can be referred."""

    code: Code
    label: Said
    needed: bool = False
    long: bool = False


class Pathway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pathway of one kind. ``posts``: names of the posts that it is for; none: all others.

    ``consent``: what somebody can be referred by; ``aide``: reminders, in no order of weight. They are
    read by a person and counted by nobody. ``aide_from``: their sources, in both languages;
    ``aide_source``: in one text, where it reads the same in both.
    """

    kind: Compartment
    introduction: Said
    about_consent: Said
    consent: Annotated[tuple[Consent, ...], Meta(min_length=1, max_length=5)]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=20)]
    data: Annotated[tuple[Field, ...], Meta(min_length=1, max_length=20)]
    aide: Annotated[tuple[Said, ...], Meta(max_length=40)] = ()
    aide_source: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    aide_from: Said | None = None
    posts: Annotated[tuple[Name, ...], Meta(max_length=200)] = ()


class Pathways(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All pathways that a State has published, with the date they are of and their age limit in days."""

    title: Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
    dated: date
    limit_days: Annotated[int, Meta(ge=1, le=MAX_DAYS)]
    pathways: Annotated[tuple[Pathway, ...], Meta(min_length=1, max_length=500)]

    def for_post(self, kind: Compartment, post: str) -> Pathway | None:
        """The pathway of a kind at the post of this name: its own, else that of all; None: there is none."""
        of_kind = [one for one in self.pathways if one.kind is kind]
        own = (one for one in of_kind if post in one.posts)
        return next(own, next((one for one in of_kind if not one.posts), None))


def read_pathways(text: str, posts: Sequence[str] | None = None) -> Pathways:
    """Read a file of pathways (TOML). ``posts``: the names that it may use; None: any.

    Raises `PathwaysError`.
    """
    try:
        said = msgspec.convert(tomllib.loads(text), Pathways)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise PathwaysError("malformed", reason=str(error)) from error
    _check(said, posts)
    return said


def sample_pathways() -> str:
    """The text of the pathways that come with the program: to be filled in by a State."""
    folder = files("openmidas.cases.referrals").joinpath("pathways_data")
    return folder.joinpath(SAMPLE).read_text(encoding="utf-8")


def _check(said: Pathways, posts: Sequence[str] | None) -> None:
    places: set[tuple[str, str]] = set()
    for pathway in said.pathways:
        for post in pathway.posts or ("",):
            if (pathway.kind, post) in places:
                raise PathwaysError("twice", place=f"{pathway.kind} {post}".strip())
            places.add((pathway.kind, post))
            if post and posts is not None and post not in posts:
                raise PathwaysError("unknown_post", place=post)
        codes = [field.code for field in pathway.data]
        if len(set(codes)) < len(codes):
            raise PathwaysError("twice", place=f"{pathway.kind}: data")
        if any(not text.isprintable() for text in _texts(pathway)):
            raise PathwaysError("unprintable", place=pathway.kind)
    for kind in Compartment:
        if (kind, "") not in places:
            raise PathwaysError("missing", place=kind)


def _texts(pathway: Pathway) -> Iterator[str]:
    said = [pathway.introduction, pathway.about_consent, *pathway.aide]
    said += [field.label for field in pathway.data]
    if pathway.aide_from is not None:
        said.append(pathway.aide_from)
    yield pathway.aide_source
    for step in pathway.steps:
        said.append(step.do)
        if step.call is not None:
            said += [step.call.role, step.call.hours]
            yield from (step.call.organisation, step.call.telephone)
    yield from (text for one in said for text in (one.fr, one.en))
