"""A lost or stolen document in words, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.screening.commands.lost_lists import LostHit
from openmidas.screening.lost import Reason, Sort

_SORTS: Mapping[Sort, Both] = {
    "passport": ("passport", "passeport"),
    "identity": ("identity card", "carte d’identité"),
    "visa": ("visa", "visa"),
}
_REASONS: Mapping[Reason, Both] = {
    Reason.NOT_TOLD: ("no reason told", "motif non indiqué"),
    Reason.OTHER: ("another reason", "autre motif"),
    Reason.REVOKED: ("revoked", "révoqué"),
    Reason.LOST: ("lost", "perdu"),
    Reason.STOLEN: ("stolen", "volé"),
    Reason.STOLEN_BLANK: ("stolen while blank", "volé vierge"),
}
_LISTED: Both = (
    "The number is on the list of lost and stolen documents: {sort} of {issuer}, {reason}{when}.",
    "Le numéro figure sur la liste des documents perdus et volés : {sort}, {issuer}, {reason}{when}.",
)
_WHEN: Both = (", reported {when}", ", signalé {when}")
_BETWEEN: Both = ("between {first} and {last}", "entre {first} et {last}")
_IN: Both = ("in {first}", "en {first}")
_ALIKE: Both = (
    "It is written in another way there: compare O and 0, I and 1, and zeros at the front.",
    "Il y est écrit autrement : comparez O et 0, I et 1, ainsi que les zéros de tête.",
)
_AMBIGUOUS: Both = (
    "Ambiguous: without number_issuer, another State’s document may bear the same number.",
    "Ambigu : sans number_issuer, le document d’un autre État peut porter le même numéro.",
)
_NOT_ASKED: Both = (
    "The list of documents was not asked: there is no number that identifies one.",
    "La liste des documents n’a pas été interrogée : aucun numéro n’en identifie un.",
)


def lost_sentence(hit: LostHit, language: Language) -> str:
    """What the list says of a document, and how sure it is that it is this one."""
    match = hit.match
    when = ""
    if match.first or match.last:
        both = _IN if match.first == match.last else _BETWEEN
        when = in_language(both, language).format(first=match.first, last=match.last)
        when = in_language(_WHEN, language).format(when=when)
    said = [
        in_language(_LISTED, language).format(
            sort=in_language(_SORTS[match.sort], language),
            issuer=hit.issuer,
            reason=in_language(_REASONS[match.reason], language),
            when=when,
        )
    ]
    if match.writing != "same":
        said.append(in_language(_ALIKE, language))
    if not hit.certain:
        said.append(in_language(_AMBIGUOUS, language))
    return " ".join(said)


def word_not_asked(language: Language) -> str:
    """Why a question is answered by no list of documents."""
    return in_language(_NOT_ASKED, language)
