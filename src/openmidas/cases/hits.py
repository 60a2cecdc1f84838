"""The hits of an inspection, each as a question that somebody can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import msgspec

from openmidas.cases.entries import Bearer, HitSaid
from openmidas.cases.models import HitResolution
from openmidas.crossings.hits import hit_id, key_of
from openmidas.crossings.inspection import Document, Finding, Inspection, Traveller
from openmidas.crossings.reading import document_key
from openmidas.crossings.telling import for_headquarters, for_post
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.models import ListEdition
from openmidas.lists.wording import word_title
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer


class Question(msgspec.Struct, frozen=True):
    """A hit: which one, what the check said, and the part of that which an answer keeps.

    ``gone``: of a hit that was found later, the list does not say it any more.
    """

    id: UUID
    finding: Finding
    said: HitSaid
    gone: bool = False


def questions(inspection: Inspection) -> Iterator[Question]:
    """The hits of an inspection that this node may see, in the order of the page.

    Without those that do not say what an answer has to keep: an earlier version wrote them.
    """
    for finding in _told_here()(inspection.findings):
        key = key_of(finding)
        said = _said_by(finding) if key else None
        if key and said:
            yield Question(hit_id(inspection.id, *key), finding, said)


def question(inspection: Inspection, hit: UUID) -> Question | None:
    """One hit of an inspection; None where it has no such hit, or none that this node may see."""
    return next((one for one in questions(inspection) if one.id == hit), None)


def bearer_of(traveller: Traveller, document: Document) -> Bearer:
    """Whom an answer is remembered for."""
    return Bearer(
        number=document_key(document),
        issuer=document.issuer,
        birth=traveller.birth.text() if traveller.birth else "",
    )


def answers_to(hit: UUID) -> list[HitResolution]:
    """Every answer to a hit, the last one first: that is the one that counts."""
    return list(HitResolution.objects.filter(hit=hit).order_by("-clock", "-id"))


def names_of(rows: Iterable[HitResolution]) -> dict[UUID | None, str]:
    """The names of who answered, as far as this node knows them."""
    officers = {row.officer for row in rows if row.officer is not None}
    if not officers:
        return {}
    return dict(Officer.objects.filter(id__in=officers).values_list("id", "name"))


def list_titles() -> dict[str, str]:
    """The titles of the lists that this node has heard of, by code, in the language of the page."""
    found = ListEdition.objects.order_by("clock").values_list("list_code", "title").distinct()
    return {code: word_title(code, title) for code, title in (*found, (LOST, ""))}


def _told_here() -> Callable[[tuple[Finding, ...]], tuple[Finding, ...]]:
    return for_headquarters if this_node().is_hq else for_post


def _said_by(finding: Finding) -> HitSaid | None:
    names = ("list_code", "listing", "edition", "digest", "level", "score")
    fields = {name: finding.params.get(name, "") for name in names}
    agreed = tuple(one.field for one in finding.evidence if one.agrees)
    try:
        return msgspec.convert({**fields, "agreed": agreed}, HitSaid, strict=False)
    except msgspec.ValidationError:
        return None
