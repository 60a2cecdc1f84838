"""The codes of this room in words: answers, their reasons, what to do then, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openmidas.cases.entries import Answer, Reason
from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.national.categories import Action
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from openmidas.cases.models import HitResolution

ANSWERS: Mapping[str, _StrPromise] = {
    Answer.NOT_SAME: pgettext_lazy("hit", "Not the same person"),
    Answer.SAME: pgettext_lazy("hit", "The same person"),
    Answer.UNSURE: pgettext_lazy("hit", "Not sure"),
}
ANSWERS_ON_DOCUMENTS: Mapping[str, _StrPromise] = {
    Answer.NOT_SAME: pgettext_lazy("hit", "Another document"),
    Answer.SAME: pgettext_lazy("hit", "The reported document"),
    Answer.UNSURE: ANSWERS[Answer.UNSURE],
}
"""The same answers where a document was asked about, and nobody's person."""
_OTHER = pgettext_lazy("hit", "Other: say it in the note")
_HEADQUARTERS = pgettext_lazy("hit", "Headquarters says so")
REASONS: Mapping[tuple[str, str], _StrPromise] = {
    (Answer.NOT_SAME, Reason.BIRTH): pgettext_lazy("hit", "Another birth date"),
    (Answer.NOT_SAME, Reason.NAME): pgettext_lazy("hit", "Another name"),
    (Answer.NOT_SAME, Reason.FACE): pgettext_lazy("hit", "Another face"),
    (Answer.NOT_SAME, Reason.DOCUMENT): pgettext_lazy("hit", "The documents prove somebody else"),
    (Answer.NOT_SAME, Reason.DESCRIPTION): pgettext_lazy(
        "hit", "Parents, birthplace or description differ"
    ),
    (Answer.NOT_SAME, Reason.KNOWN): pgettext_lazy("hit", "Known here as somebody else"),
    (Answer.NOT_SAME, Reason.HEADQUARTERS): _HEADQUARTERS,
    (Answer.NOT_SAME, Reason.OTHER): _OTHER,
    (Answer.SAME, Reason.DOCUMENT): pgettext_lazy("hit", "The listed document"),
    (Answer.SAME, Reason.FACE): pgettext_lazy("hit", "The same face"),
    (Answer.SAME, Reason.DESCRIPTION): pgettext_lazy(
        "hit", "Parents, birthplace or description agree"
    ),
    (Answer.SAME, Reason.ADMITS): pgettext_lazy("hit", "The traveller says so"),
    (Answer.SAME, Reason.HEADQUARTERS): _HEADQUARTERS,
    (Answer.SAME, Reason.OTHER): _OTHER,
    (Answer.UNSURE, Reason.TOO_LITTLE): pgettext_lazy("hit", "The listing says too little"),
    (Answer.UNSURE, Reason.DOCUMENT_DOUBT): pgettext_lazy("hit", "The document is in doubt"),
    (Answer.UNSURE, Reason.NO_ANSWER): pgettext_lazy("hit", "Headquarters cannot be reached"),
    (Answer.UNSURE, Reason.OTHER): _OTHER,
}
_ON_DOCUMENTS: Mapping[tuple[str, str], _StrPromise] = {
    (Answer.NOT_SAME, Reason.DOCUMENT): pgettext_lazy(
        "hit", "Another number, or another kind of document"
    ),
    (Answer.SAME, Reason.DOCUMENT): pgettext_lazy("hit", "The number is the same, sign for sign"),
    (Answer.UNSURE, Reason.TOO_LITTLE): pgettext_lazy("hit", "The State that issued it has to say"),
}
_SAME: Mapping[str, _StrPromise] = {
    Action.CALL_HQ: gettext_lazy(
        "Call headquarters now, and give the number %(listing)s. Decide on the traveller when they have"
        " answered."
    ),
    Action.SECOND_LINE: gettext_lazy(
        "Do what the listing asks, then decide on the traveller. Headquarters receives this answer."
    ),
    Action.INFORM: gettext_lazy(
        "Headquarters receives this answer: nothing else is asked. Go on as usual, and say nothing of it."
    ),
    "": gettext_lazy(
        "Call headquarters, and give the list and the number %(listing)s: they say what the law asks."
        " Decide on the traveller after that."
    ),
}
_UNSURE = gettext_lazy(
    "Ask for another document, or call headquarters with the number %(listing)s. Keep nobody for longer"
    " than that takes; the answer can be given anew."
)
_DISCREET = gettext_lazy("The traveller must not notice any of it.")
DETAILS: Mapping[str, _StrPromise] = {
    "names": pgettext_lazy("listing", "Other names"),
    "births": pgettext_lazy("listing", "Births"),
    "birth_place": pgettext_lazy("listing", "Place of birth"),
    "nationalities": pgettext_lazy("listing", "Nationalities"),
    "documents": pgettext_lazy("listing", "Documents"),
    "title": pgettext_lazy("listing", "Title"),
    "designation": pgettext_lazy("listing", "Function"),
    "address": pgettext_lazy("listing", "Address"),
    "note": pgettext_lazy("listing", "Note"),
    "remarks": pgettext_lazy("listing", "Remarks"),
    "programme": pgettext_lazy("listing", "Programme"),
}
"""What a page shows of a listing beside what was compared, in its order. No sources and no dates of
changes: nobody asks a traveller about those."""
_REFUSALS: Mapping[str, _StrPromise] = {
    "answer.unknown": gettext_lazy("There is no such answer."),
    "answer.superseded": gettext_lazy(
        "This answer does not hold any more: somebody answered anew, or its day is over."
    ),
    "answer.same_person": gettext_lazy(
        "You gave this answer yourself: a colleague must confirm it."
    ),
    "hit.unknown": gettext_lazy("This traveller has no such hit."),
    "hit.without_reason": gettext_lazy("Choose your answer by the reason that it rests on."),
    "hit.reason_of_other_answer": gettext_lazy(
        "The reason that you chose belongs to another answer."
    ),
    "hit.note_missing": gettext_lazy("Say the reason in the note: at least three characters."),
    "hit.answered_meanwhile": gettext_lazy(
        "A colleague has answered meanwhile. Look at that answer first; you can give another."
    ),
}


def answers_on(list_code: str) -> Mapping[str, _StrPromise]:
    """The words of the answers to hits on a list."""
    return ANSWERS_ON_DOCUMENTS if list_code == LOST else ANSWERS


def word_reason(answer: str, reason: str, list_code: str = "") -> str:
    """What an answer rests on; the bare code where a newer version wrote it."""
    words = {**REASONS, **_ON_DOCUMENTS} if list_code == LOST else REASONS
    return str(words.get((answer, reason), reason))


def word_answer(row: HitResolution, by: str) -> str:
    """An answer in a line: what, why, by whom, on which day."""
    return _("%(answer)s: %(reason)s (%(by)s, %(on)s)") % {
        "answer": str(answers_on(row.list_code).get(row.answer, row.answer)),
        "reason": word_reason(row.answer, row.reason, row.list_code),
        "by": by,
        "on": timezone.localdate(row.at).isoformat(),
    }


def what_to_do(row: HitResolution, action: str, *, discreet: bool) -> list[str]:
    """What follows from an answer, by what the listing asks (`action`, empty on lists of others)."""
    said = {"listing": row.listing}
    if row.answer == Answer.NOT_SAME:
        return [_remembered(row)]
    if row.answer == Answer.UNSURE:
        sentences = [str(_UNSURE) % said]
    else:
        sentences = [str(_SAME.get(action, _SAME[""])) % said]
    return [*sentences, str(_DISCREET)] if discreet else sentences


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence)


def _remembered(row: HitResolution) -> str:
    if row.until is None:
        return _(
            "Go on as usual. Without a document, its State and a birth date nothing can be remembered: the"
            " next scan asks again."
        )
    return _(
        "Go on as usual. Until %(until)s this listing does not send this traveller here again, as long as"
        " neither the listing nor the document changes."
    ) % {"until": row.until.isoformat()}
