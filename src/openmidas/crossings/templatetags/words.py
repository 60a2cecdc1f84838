"""Codes of the crossings room in words: ``{{ crossing.purpose|in_words:"purpose" }}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

from openmidas.crossings import words
from openmidas.exchange.wording import word_problem
from openmidas.lists.explaining import word_part
from openmidas.lists.wording import word_title
from openmidas.nodes.journal_wording import word_journal
from openmidas.posts.layout_wording import word_hours
from openmidas.posts.silence import Silence
from openmidas.posts.silence_wording import HEARINGS, word_expected
from openmidas.screening import NamePart

register = template.Library()

_WORDS: dict[str, Mapping[str, words.Words]] = {
    "admission": words.ADMISSION_REASONS,
    "compared": words.COMPARED,
    "count_reason": words.COUNT_REASONS,
    "conveyance": words.CONVEYANCES,
    "direction": words.DIRECTIONS,
    "edition": words.EDITIONS,
    "field": words.FIELDS,
    "handed_to": words.HANDED_TO,
    "how_read": words.HOW_READ,
    "open_hit": words.OPEN_HIT_REASONS,
    "outcome": words.OUTCOMES,
    "purpose": words.PURPOSES,
    "referral": words.REFERRAL_REASONS,
    "referral_apart": words.REASONS_APART,
    "refusal": words.REFUSAL_REASONS,
    "rule": words.RULES,
    "sex": words.SEXES,
    "state": words.STATES,
}


@register.filter
def list_title(list_code: str, title: str) -> str:
    """The name of a list in the language of the page."""
    return word_title(list_code, title)


@register.filter
def name_part(part: NamePart) -> str:
    """How a part of the traveller's name goes together with one of the listed name, in a line."""
    return word_part(part)


@register.filter
def opening_hours(hours: Sequence[str]) -> str:
    """When a post is open, in one line."""
    return word_hours(hours)


@register.filter
def expected(found: Silence) -> str:
    """When a silent post should be open."""
    return word_expected(found)


@register.filter
def hearing(found: Silence) -> str:
    """How it stands with hearing of a post, in a word or two."""
    return str(HEARINGS[found.hearing])


@register.filter
def journal_problem(code: str) -> str:
    """What a post found wrong with its own journal."""
    return word_journal(code)


@register.filter
def problem_in_words(code: str) -> str:
    """What is wrong with a peer or its journal; no capital and no full stop."""
    return word_problem(code)


@register.filter
def in_words(code: str, kind: str) -> str:
    """The word for a code; a dash for none, the code itself where a newer node wrote it."""
    if not code:
        return "–"
    if kind == "document":
        return str(words.document_kind(code))
    return str(_WORDS[kind].get(code, code))
