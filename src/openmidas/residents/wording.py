"""The codes of this room in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.cards import CardState
from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.posts.refusals import Refused
from openmidas.residents.entries import ResidentKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: Mapping[str, _StrPromise] = {
    ResidentKind.RESIDENT: pgettext_lazy("kind of resident", "Resident"),
    ResidentKind.DRIVER: pgettext_lazy("kind of resident", "Moto-taxi driver"),
}
STATES: Mapping[str, _StrPromise] = {
    CardState.VALID: pgettext_lazy("card", "valid"),
    CardState.LAPSED: pgettext_lazy("card", "lapsed"),
    CardState.REVOKED: pgettext_lazy("card", "revoked"),
}
TAGS: Mapping[str, str] = {
    CardState.VALID: "tag--clear",
    CardState.LAPSED: "tag--look",
    CardState.REVOKED: "tag--stop",
}
REFUSALS: Mapping[str, _StrPromise] = {
    "resident.without_name": _("Say what the resident is called."),
    "resident.without_nationality": _("Choose the nationality: the rules of closures ask for it."),
    "resident.without_village": _("Say in which village the resident lives."),
    "resident.without_plate": _("A moto-taxi driver has a plate, and nobody else has."),
    "resident.one_fact": _("Ask for two things, or for none: one alone is soon guessed."),
    "resident.known": _(
        "Somebody like them, or with the same document, has the card %(number)s already. Look there first;"
        " if it is somebody else, say so below and save again."
    ),
    "resident.unknown": _("No such resident is registered at this post."),
    "resident.revoked": _("This card was revoked. Register the person again for another one."),
    "resident.without_end": _("Choose why the card is revoked."),
    "resident.words_missing": _("Say in words why: at least %(least)s characters."),
}


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence) % refused.params
