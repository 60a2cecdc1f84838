"""The codes of referrals in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from openmidas.cases.referrals.entries import LONGEST_REACHED, LONGEST_VALUE, Outcome
from openmidas.cases.referrals.pathways import Consent, PathwaysError, Said
from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.posts.entries import Compartment
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import COMPARTMENT_NAMES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CONSENTS: Mapping[Consent, _StrPromise] = {
    Consent.PERSON: gettext_lazy("The person consents"),
    Consent.GUARDIAN: gettext_lazy("The guardian consents"),
    Consent.BEST_INTERESTS: gettext_lazy("No guardian can be asked; in the child’s best interests"),
    Consent.LIFE_IN_DANGER: gettext_lazy("Nobody can be asked; life is in danger"),
    Consent.REFUSED: gettext_lazy("Refused: nothing is passed on"),
}
OUTCOMES: Mapping[Outcome, _StrPromise] = {
    Outcome.HANDED_OVER: gettext_lazy("Handed over to the organisation that was called"),
    Outcome.HELPED_HERE: gettext_lazy("Helped here"),
    Outcome.DECLINED: gettext_lazy("The person declined"),
    Outcome.LEFT: gettext_lazy("The person left before"),
    Outcome.OTHER: pgettext_lazy("referral", "Other: say it in words"),
}
SOMETHING = gettext_lazy("A referral exists")
"""What is said of a referral to whoever is not to know its kind."""
_REFUSALS: Mapping[str, _StrPromise] = {
    "referral.closed": gettext_lazy(
        "This referral was closed meanwhile, with another outcome. A note can still be added."
    ),
    "referral.consent_missing": gettext_lazy("Say by whose consent, or why without."),
    "referral.data_missing": gettext_lazy(
        "The minimum data set lacks what is marked as needed. What nobody knows: write “unknown”."
    ),
    "referral.id_taken": gettext_lazy("This form belongs to another referral. Open it anew."),
    "referral.no_pathway": gettext_lazy(
        "For this kind no pathway is published. Headquarters publishes it; call them now."
    ),
    "referral.not_yours": gettext_lazy(
        "You are not in the compartment of this referral. Its members and its author write in it."
    ),
    "referral.note_empty": gettext_lazy("Say it in words: at least three characters."),
    "referral.outcome_missing": gettext_lazy("Choose what came of it."),
    "referral.reached_missing": gettext_lazy(
        "Say who was reached, or in the note that nobody was."
    ),
    "referral.step_unknown": gettext_lazy("This pathway has no such step."),
    "referral.unknown": gettext_lazy("There is no such referral at this post."),
    "referral.why_missing": gettext_lazy(
        "Without consent, the reason is needed: at least three characters."
    ),
}
_FIELDS: Mapping[str, _StrPromise] = {
    "reached": gettext_lazy("Who was reached: at most %(most)s characters, in one line."),
    "referral_data": gettext_lazy("A field of the data set: at most %(most)s characters."),
}
_MOST = {"reached": LONGEST_REACHED, "referral_data": LONGEST_VALUE}
_PATHWAYS: Mapping[str, _StrPromise] = {
    "malformed": gettext_lazy("These are no pathways: %(reason)s"),
    "missing": gettext_lazy("%(place)s: a pathway for all posts is missing."),
    "twice": gettext_lazy("%(place)s stands there twice."),
    "unknown_post": gettext_lazy("No post is called “%(place)s”."),
    "unprintable": gettext_lazy("%(place)s: there are signs that cannot be shown."),
}


def said(text: Said) -> str:
    """A text of the State's data in the language of the page; French where it has none, as all texts."""
    return text.en if (get_language() or "").startswith("en") else text.fr


def word_kind(compartment: str) -> str:
    """The kind of a referral; the bare code where a newer version wrote it."""
    known = compartment in set(Compartment)
    return str(COMPARTMENT_NAMES[Compartment(compartment)]) if known else compartment


def word_consent(consent: str) -> str:
    """By what somebody was referred."""
    return str(CONSENTS[Consent(consent)]) if consent in set(Consent) else consent


def word_outcome(outcome: str) -> str:
    """What came of a referral."""
    return str(OUTCOMES[Outcome(outcome)]) if outcome in set(Outcome) else outcome


def word_pathways(error: PathwaysError) -> str:
    """Why a file of pathways cannot be taken."""
    return str(_PATHWAYS[error.code]) % error.params


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    if refused.code.startswith("field.") and (name := refused.params.get("field", "")) in _FIELDS:
        return str(_FIELDS[name]) % {"most": _MOST[name]}
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence)
