"""What an officer of the HQ reads of the checks on somebody whose interview they have open."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from openmidas.cases.hits import Question, list_titles, questions
from openmidas.crossings.hits import HitKey, HitLink, links
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.page import ShownFinding, shown_findings
from openmidas.crossings.telling import for_officer, withheld
from openmidas.lists.national.owners import closed_to
from openmidas.posts.models import Officer


class ListedHit(msgspec.Struct, frozen=True, kw_only=True):
    """A hit whose listing this officer may look at. ``list``: the name of its list."""

    question: Question
    list: str


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, worst first. ``withheld``: hits on lists that this officer may not read."""

    findings: list[ShownFinding]
    hits: tuple[ListedHit, ...]
    withheld: int


def evidence_of(inspection: Inspection, officer: Officer) -> Evidence:
    """The findings with what was compared, as far as the owners of the lists let this officer read.

    Of a hit on a list that is closed to them they are told what the lane is: what to do, and no more.
    """
    closed = closed_to(officer)
    return Evidence(
        findings=shown_findings((inspection,), for_officer(closed), _said(inspection)),
        hits=tuple(readable_hits(inspection, officer)),
        withheld=withheld(inspection.findings, closed),
    )


def readable_hits(inspection: Inspection, officer: Officer) -> Iterator[ListedHit]:
    """The hits on lists that this officer may look into."""
    closed, titles = closed_to(officer), list_titles()
    for one in questions(inspection):
        if one.said.list_code not in closed:
            title = titles.get(one.said.list_code, one.said.list_code)
            yield ListedHit(question=one, list=title)


def _said(inspection: Inspection) -> dict[HitKey, HitLink]:
    """The answers that the post gave; they are given there, so that nothing leads to them from here."""
    return {key: msgspec.structs.replace(link, url="") for key, link in links(inspection).items()}
