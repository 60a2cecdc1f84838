"""Answers to other programs: as JSON that says why, and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from openmidas.documents.commands.languages import Language
from openmidas.screening.commands.asked import Asked, NotUnderstood
from openmidas.screening.commands.lost_lists import LOST, LostHit
from openmidas.screening.commands.lost_words import lost_sentence
from openmidas.screening.commands.sentences import sentence, word_evidence, word_part
from openmidas.screening.commands.words import explain_error
from openmidas.screening.evidence import Evidence, Hit, Level

_ENCODER = msgspec.json.Encoder()


def hit_answer(hit: Hit, language: Language) -> dict[str, Any]:
    """A hit: which listing, how sure, and why."""
    return {
        "list": hit.list_code,
        "listing": hit.listing.id,
        "name": hit.name,
        "class": hit.level,
        "score": hit.score,
        "probability": round(hit.probability, 4),
        "explanation": explanation(hit.level, hit.evidence, language),
    }


def lost_answer(hit: LostHit, language: Language) -> dict[str, Any]:
    """A lost or stolen document: which, how sure, and why."""
    return {
        "list": LOST,
        "listing": hit.listing,
        "name": "",
        "class": hit.level,
        "score": round(hit.score, 2),
        "ambiguous": not hit.certain,
        "reason": str(hit.match.reason),
        "reported": [hit.match.first, hit.match.last],
        "explanation": {
            "sentence": lost_sentence(hit, language),
            "evidence": [_evidence(hit.evidence(), language)],
        },
    }


def explanation(
    level: Level | None, evidence: Sequence[Evidence], language: Language
) -> dict[str, Any]:
    """Why: a sentence for people, and every piece of evidence with what it adds to the score."""
    return {
        "sentence": sentence(level, evidence, language),
        "evidence": [_evidence(item, language) for item in evidence],
    }


def error_answer(line: int, id: object, error: NotUnderstood, language: Language) -> dict[str, Any]:
    """That a line was not understood, and why."""
    return {"id": id, "line": line, "error": explain_error(error.wrong, language)}


def beside(persons: Sequence[tuple[str, Asked]], language: Language) -> dict[str, Any]:
    """What of these persons, each with how it is called in the question, was passed over."""
    said: dict[str, Any] = {}
    wrong = [explain_error(one, language) for _, asked in persons for one in asked.wrong]
    if wrong:
        said["error"] = " ".join(wrong)
    unknown = [f"{prefix}{text}" for prefix, asked in persons for text in asked.unknown]
    if unknown:
        said["not_understood"] = unknown
    return said


def as_line(answer: dict[str, Any]) -> bytes:
    """An answer as one line of JSON."""
    return _ENCODER.encode(answer) + b"\n"


def _evidence(item: Evidence, language: Language) -> dict[str, Any]:
    said: dict[str, Any] = {
        "field": item.field,
        "agrees": item.agrees,
        "how": item.how,
        "ours": item.ours,
        "theirs": item.theirs,
        "weight": round(item.weight, 2),
        "text": word_evidence(item, language),
    }
    if item.parts:
        said["parts"] = [
            {
                "how": part.how,
                "ours": part.ours,
                "theirs": part.theirs,
                "weight": round(part.weight, 2),
                "text": word_part(part, language),
            }
            for part in item.parts
        ]
    return said
