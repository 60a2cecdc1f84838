"""The codes of this room in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast, get_args

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from openmidas.documents.chip import ChipFinding
from openmidas.documents.commands.chip_words import word_chip_finding
from openmidas.documents.commands.languages import Language
from openmidas.documents.state_names import StateLocale, alpha3, state_name
from openmidas.issuers.models import End
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word as word_of_posts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HOW: Mapping[str, _StrPromise] = {
    "hand": pgettext_lazy("certificate", "by two persons"),
    "list": pgettext_lazy("certificate", "by a master list"),
    "link": pgettext_lazy("certificate", "by a link"),
}
ENDS: Mapping[str, _StrPromise] = {
    "": gettext_lazy("Waits for a second person"),
    End.APPROVED: pgettext_lazy("certificate", "Approved"),
    End.REFUSED: pgettext_lazy("certificate", "Not taken"),
}
_NOT_TAKEN: Mapping[str, _StrPromise] = {
    "brought_before": gettext_lazy("It is here already."),
}
_REFUSALS: Mapping[str, _StrPromise] = {
    "issuer.nobody": gettext_lazy(
        "Lists are kept by an officer for lists, by name. Sign in as one."
    ),
    "issuer.file_gone": gettext_lazy("This file was taken already, or has gone. Give it again."),
    "issuer.known": gettext_lazy("This certificate is trusted already."),
    "issuer.waiting": gettext_lazy(
        "This certificate was proposed already, and waits for a second person."
    ),
    "issuer.large": gettext_lazy(
        "A certificate in this file is larger, or named otherwise, than any State’s is: nothing was taken."
    ),
    "issuer.nothing_new": gettext_lazy("Nothing of it is new."),
    "issuer.large_part": gettext_lazy(
        "It is larger, or named otherwise, than what States sign: it is not taken."
    ),
    "issuer.no_link": gettext_lazy(
        "What this certificate links to is not trusted any more. Give the file again to propose it."
    ),
    "issuer.root_unknown": gettext_lazy(
        "Two persons must take the authority that this list is signed under, before its lists are accepted."
    ),
    "issuer.root_no_lists": gettext_lazy(
        "Two persons have taken the authority that this list is signed under, but not to sign master lists. "
        "Two persons must take it for that."
    ),
    "issuer.list_removed": gettext_lazy(
        "A list signed under this authority was removed since two persons took it. Two persons must take the "
        "authority again before one of its lists is accepted."
    ),
    "issuer.list_known": gettext_lazy("This master list was accepted already."),
    "issuer.unknown": gettext_lazy("This is not trusted any more: somebody removed it before you."),
    "issuer.signer_removed": gettext_lazy(
        "Somebody removed this certificate. Only who did that brings it back."
    ),
    "issuer.authority_gone": gettext_lazy(
        "The authority that signed it is not trusted any more. Give the file again."
    ),
    "reason.missing": gettext_lazy("Say why: at least three characters."),
}


def refusal(refused: Refused) -> str:
    """Why something is not possible now."""
    sentence = _REFUSALS.get(refused.code)
    return str(word_of_posts(refused) if sentence is None else sentence)


def word_findings(findings: Iterable[ChipFinding]) -> list[str]:
    """Why nothing of a file is taken, in the language of the page."""
    return [
        str(_NOT_TAKEN[one.code]) if one.code in _NOT_TAKEN else word_chip_finding(one, language())
        for one in findings
        if not one.informative
    ]


def word_all(findings: Iterable[ChipFinding]) -> list[str]:
    """All that is to be known of a part of a download."""
    return [word_chip_finding(one, language()) for one in findings]


def language() -> Language:
    """What the words of chips are told in here: English, or French."""
    return "en" if get_language() == "en" else "fr"


def state_of(country: str) -> str:
    """The State of the two letters of a certificate; the letters themselves where they name none."""
    spoken = (get_language() or "fr").split("-")[0]
    locale = cast(StateLocale, spoken if spoken in get_args(StateLocale) else "en")
    code = alpha3(country) if len(country) == 2 else None
    return (state_name(code, locale) if code else None) or country or "–"
