"""What the page of a hit shows: traveller and listing side by side, and what was answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec
from django.utils.safestring import SafeString

from openmidas.cases.hits import Question, answers_to, names_of
from openmidas.cases.models import HitResolution
from openmidas.cases.wording import DETAILS, answers_on, what_to_do, word_reason
from openmidas.crossings.hit_wording import word_asked
from openmidas.crossings.hits import listing_digest
from openmidas.crossings.inspection import Evidence, Inspection
from openmidas.crossings.reading import query_of
from openmidas.crossings.words import SEXES, state_in_words
from openmidas.lists.explaining import word_part, word_sentence, word_weight
from openmidas.lists.in_use import EditionInUse, ListHit, lists_now
from openmidas.lists.wording import word_age, word_limit, word_title
from openmidas.screening import Evidence as Weighed
from openmidas.screening import Listing

SAYS_NOTHING = 0.05
"""Bits: what is less is written as nothing at all."""


class ComparedField(msgspec.Struct, frozen=True, kw_only=True):
    """One field of traveller and listing. ``agrees`` None: it speaks neither for nor against.

    ``ours``, ``theirs``: empty where that side says nothing; ``parts``: how the parts of a name go
    together, each in a line.
    """

    field: str
    ours: str
    theirs: str
    how: str
    agrees: bool | None
    weight: str
    parts: tuple[str, ...]


class MoreSaid(msgspec.Struct, frozen=True):
    """Something else that the listing says, for asking the traveller about."""

    label: str
    texts: tuple[str, ...]


class ListShown(msgspec.Struct, frozen=True, kw_only=True):
    """The list that a hit is on. ``edition``: in use now, None where the post has none any more."""

    title: str
    edition: EditionInUse | None
    age: str
    limit: str
    edition_then: str


class GivenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer in words. ``todo``: what follows from it."""

    row: HitResolution
    answer: str
    reason: str
    by: str
    todo: tuple[str, ...]


class HitPage(msgspec.Struct, frozen=True, kw_only=True):
    """A hit, all of it. ``gone``: the lists in use have no such hit now; ``changed``: the listing says
    something else than at the scan. Then what is compared is what was said at the scan.
    """

    question: Question
    list: ListShown
    fields: tuple[ComparedField, ...]
    sentence: str
    asked: tuple[SafeString, ...]
    more: tuple[MoreSaid, ...]
    gone: bool
    changed: bool
    answers: tuple[GivenAnswer, ...]

    @property
    def answer(self) -> GivenAnswer | None:
        """The answer that counts."""
        return self.answers[0] if self.answers else None

    @property
    def earlier(self) -> tuple[GivenAnswer, ...]:
        """Those before it, the last first."""
        return self.answers[1:]


def hit_page(inspection: Inspection, asked: Question) -> HitPage:
    """The page of a hit."""
    snapshot = lists_now()
    said, finding = asked.said, asked.finding
    now = next(
        (
            hit
            for hit in snapshot.screen(query_of(inspection.traveller, inspection.document))
            if (hit.list_code, hit.listing.id) == (said.list_code, said.listing)
        ),
        None,
    )
    edition = next((one for one in snapshot.editions if one.list_code == said.list_code), None)
    return HitPage(
        question=asked,
        list=_list(asked, edition),
        fields=tuple(_field(one) for one in finding.evidence),
        sentence=word_sentence(said.level, [_weighed(one) for one in finding.evidence]),
        asked=tuple(word_asked(finding)),
        more=tuple(_more(now.listing, now.name)) if now else (),
        gone=now is None,
        changed=_changed(now, said.digest),
        answers=tuple(given_answers(answers_to(asked.id), finding.params)),
    )


def given_answers(
    rows: Iterable[HitResolution], asked: Mapping[str, str] | None = None
) -> Iterator[GivenAnswer]:
    """Answers in words; ``asked``: what the listing asks, for saying what to do."""
    shown = list(rows)
    names = names_of(shown)
    params = asked or {}
    for row in shown:
        yield GivenAnswer(
            row=row,
            answer=str(answers_on(row.list_code).get(row.answer, row.answer)),
            reason=word_reason(row.answer, row.reason, row.list_code),
            by=names.get(row.officer, ""),
            todo=tuple(
                what_to_do(row, params.get("action", ""), discreet=bool(params.get("discreet")))
            ),
        )


def _changed(now: ListHit | None, digest: str) -> bool:
    return now is not None and listing_digest(now.listing) != digest


def _list(asked: Question, edition: EditionInUse | None) -> ListShown:
    params = asked.finding.params
    then = params.get("edition_date", "")
    return ListShown(
        title=word_title(asked.said.list_code, params.get("list", asked.said.list_code)),
        edition=edition,
        age=word_age(edition) if edition else "",
        limit=word_limit(edition.limit_days) if edition else "",
        edition_then=then if edition is None or _other_day(edition.dated, then) else "",
    )


def _other_day(dated: date, then: str) -> bool:
    return dated.isoformat() != then


def _field(one: Evidence) -> ComparedField:
    return ComparedField(
        field=one.field,
        ours=_in_words(one.field, one.traveller),
        theirs=_in_words(one.field, one.listing),
        how=one.how,
        agrees=one.agrees,
        weight=word_weight(one.weight) if abs(one.weight) >= SAYS_NOTHING else "",
        parts=tuple(word_part(part) for part in one.parts),
    )


def _in_words(field: str, text: str) -> str:
    """A value as people read it: States by name, a sex by its word."""
    if field == "nationality":
        return ", ".join(state_in_words(code) for code in text.split(", ") if code)
    return str(SEXES.get(text, text)) if field == "sex" else text


def _weighed(one: Evidence) -> Weighed:
    return msgspec.convert(
        {
            "field": one.field,
            "agrees": one.agrees,
            "ours": one.traveller,
            "theirs": one.listing,
            "how": one.how,
            "weight": one.weight,
            "parts": one.parts,
        },
        Weighed,
    )


def _more(listing: Listing, met: str) -> Iterator[MoreSaid]:
    """What stands on the listing beside the name that was met, in the order of a conversation."""
    said: dict[str, list[str]] = {kind: [] for kind in DETAILS}
    said["names"] = [name.text for name in listing.names if name.text != met]
    said["births"] = [birth.text for birth in listing.births]
    said["nationalities"] = [state_in_words(code) for code in listing.nationalities]
    said["documents"] = [one.text or one.number for one in listing.documents]
    for detail in listing.details:
        if detail.kind in said:
            said[detail.kind].append(detail.text)
    # On a list of the State's own these are the instruction, which stands above.
    said["remarks"] = [] if listing.action else [listing.remarks]
    said["programme"] = [listing.programme]
    shown = {met, ""}
    for kind, label in DETAILS.items():
        texts = tuple(text for text in dict.fromkeys(said[kind]) if text not in shown)
        shown |= set(texts)  # sources say the same in several places
        if texts:
            yield MoreSaid(str(label), texts)
