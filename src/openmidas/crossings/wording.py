"""Findings and refusals as officers read them: the checks give codes with values.

The sentences lie beside this file, by what they are about: `document_wording`, `list_wording`,
`hit_wording`, `stay_wording`, `refusal_wording`. Here they are chosen and filled in.

Every value that comes from a document or a list is escaped and stands in a ``<bdi>``, so that
names, numbers and dates keep their order in a page that runs from right to left.
"""

from __future__ import annotations

import msgspec
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from openmidas.crossings.conveyances.wording import REFUSALS as REFUSALS_OF_CONVEYANCES
from openmidas.crossings.document_wording import (
    DOCUMENT_FINDINGS,
    JUST_NOW,
    PROBLEMS,
    SAME_DOCUMENT,
)
from openmidas.crossings.evidence.wording import (
    EVIDENCE_FINDINGS,
    UNTIL,
    chip_why,
    fields_in_words,
    proven,
    seal_in_words,
    seal_why,
    signer_in_words,
)
from openmidas.crossings.hit_wording import CODES, word_asked
from openmidas.crossings.inspection import Finding, State
from openmidas.crossings.list_wording import (
    CONFIRMED,
    HIT_LEVELS,
    LIST_FINDINGS,
    LOST_REASONS,
    LOST_SINCE,
    LOST_WRITINGS,
)
from openmidas.crossings.refusal_wording import REFUSALS
from openmidas.crossings.services import Refused
from openmidas.crossings.stay_wording import STAY_FINDINGS
from openmidas.crossings.words import (
    CARD_ENDS,
    CONVEYANCES,
    DIRECTIONS,
    FIELDS,
    PURPOSES,
    RULES,
    STATES,
    Words,
    state_in_words,
)
from openmidas.pictures.wording import REFUSALS as REFUSALS_OF_PICTURES


class Worded(msgspec.Struct, frozen=True):
    """A finding in words: what it is, and what the officer should know of it. Both are safe HTML."""

    title: SafeString
    detail: SafeString


FINDINGS = {**DOCUMENT_FINDINGS, **EVIDENCE_FINDINGS, **LIST_FINDINGS, **STAY_FINDINGS}
"""Of each code the title and what the officer should know, with gaps for its values."""
_EXEMPT = {**PURPOSES, **CONVEYANCES}


def word(finding: Finding) -> Worded:
    """The finding in the language of the page. Raises `KeyError` for a code that has no words."""
    title, detail = FINDINGS[finding.code]
    if finding.code == "same_document":
        if finding.params["minutes"] == "0":
            title = JUST_NOW
        title, detail = SAME_DOCUMENT.get(finding.params.get("outcome", ""), (title, detail))
    if finding.code == "list_code":
        title, detail = CODES.get(finding.params["code"], (title, detail))
    parts = [_fill(detail, finding.params)]
    if finding.code == "list_hit":
        parts.insert(0, _fill(title, finding.params))
        parts += word_asked(finding)
        title = HIT_LEVELS[finding.params["level"]]
    if finding.code == "hit_resolved" and not finding.params.get("by"):
        parts = [_fill(CONFIRMED, finding.params)]
    if finding.code == "hit_resolved" and "name" in finding.params:
        parts.insert(0, _fill(FINDINGS["list_hit"][0], finding.params))
    if finding.code == "lost_document":
        title = LOST_REASONS.get(finding.params["reason"], title)
        parts = [*_lost_parts(finding.params), *parts]
    if finding.code == "seal_receipt" and "until" in finding.params:
        parts.append(_fill(UNTIL, finding.params))
    return Worded(
        _fill(title, finding.params), format_html_join(" ", "{}", ((part,) for part in parts))
    )


def _lost_parts(params: dict[str, str]) -> list[SafeString]:
    """Since when, and how alike the numbers are; what nobody told is left off."""
    told = [LOST_SINCE[params["first"] == params["last"]]] if params["first"] else []
    told += [words for code, words in LOST_WRITINGS.items() if code == params["writing"]]
    return [_fill(sentence, params) for sentence in told]


def refusal(refused: Refused) -> SafeString:
    """Why something is not possible now. Raises `KeyError` for a code that has no words."""
    sentences = {**REFUSALS, **REFUSALS_OF_CONVEYANCES, **REFUSALS_OF_PICTURES}
    return _fill(sentences[refused.code], refused.params)


def headline(state: State) -> str:
    """The word of a state."""
    return str(STATES[state])


def _fill(sentence: Words, params: dict[str, str]) -> SafeString:
    """The sentence with its values escaped and isolated; it is in the plural where it must be."""
    values = {name: _shown(name, value) for name, value in params.items()}
    return mark_safe(sentence % values)  # noqa: S308  our own sentence, and all values escaped


def _problems_in_words(value: str) -> str:
    """What is wrong with which fields: "birth:repaired, sex:sex_not_allowed"."""
    told = [one.split(":") for one in value.split(", ")]
    parts = [
        gettext("%(field)s (%(problem)s)")
        % {"field": FIELDS.get(field, field), "problem": PROBLEMS.get(code, code)}
        for field, code in told
    ]
    return gettext("; ").join(parts)


def _shown(name: str, value: str) -> SafeString | int:
    match name:
        case "chip_why":
            return conditional_escape(chip_why(value))
        case "problems":
            return conditional_escape(_problems_in_words(value))
        case "proven":
            return conditional_escape(proven(value))
        case "direction":
            return conditional_escape(str(DIRECTIONS.get(value, value)))
        case "end":
            return conditional_escape(str(CARD_ENDS.get(value, value)))
        case "field":
            return conditional_escape(str(FIELDS.get(value, value)))
        case "fields":
            return conditional_escape(fields_in_words(value))
        case "rule":
            return conditional_escape(str(RULES.get(value, value)))
        case "nationality":
            return conditional_escape(state_in_words(value))
        case "seal":
            return conditional_escape(seal_in_words(value))
        case "seal_why":
            return conditional_escape(seal_why(value))
        case "signed_by":
            return conditional_escape(signer_in_words(value))
        case "list":
            return conditional_escape(gettext(value))
        case "exemptions":
            named = [str(_EXEMPT.get(code) or state_in_words(code)) for code in value.split(", ")]
            return conditional_escape(", ".join(named))
        case "age" | "age_days" | "days" | "hours" | "limit" | "minutes" | "years":
            return int(value)
    return format_html('<bdi dir="ltr">{}</bdi>', value)
