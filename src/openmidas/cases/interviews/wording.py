"""The codes of interviews in words, and what is refused there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.cases.interviews.entries import Care, CareAnswer, HoldGround, Item
from openmidas.cases.refusal_form.wording import REFUSALS as REFUSALS_OF_FORM
from openmidas.cases.taking_over.wording import REFUSALS as REFUSALS_OF_TAKING_OVER
from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.pictures.wording import refusal as refusal_of_pictures
from openmidas.posts.refusals import Refused

Words = str | Promise

CARE: Mapping[str, Words] = {
    Care.INTERPRETER: _("Interpreter"),
    Care.FEMALE_OFFICER: _("Female officer"),
    Care.WATER: _("Water"),
    Care.FOOD: _("Food"),
    Care.REST: _("Place to rest"),
    Care.DOCTOR: _("Doctor or nurse"),
    Care.CALL: _("Call to the family"),
    Care.CONSULATE: _("Call to the consulate"),
}
CARE_ANSWERS: Mapping[str, Words] = {
    CareAnswer.ASKED: pgettext_lazy("care", "asked for"),
    CareAnswer.GIVEN: pgettext_lazy("care", "given"),
    CareAnswer.DECLINED: pgettext_lazy("care", "offered and declined"),
    CareAnswer.NOT_POSSIBLE: pgettext_lazy("care", "not possible"),
}
HOLD_GROUNDS: Mapping[str, Words] = {
    HoldGround.IDENTITY: _("Identity is being established"),
    HoldGround.LISTED: _("Wanted on a list"),
    HoldGround.FALSE_DOCUMENT: _("False document"),
    HoldGround.AWAITS_POLICE: _("Police or court will take them over"),
    HoldGround.AWAITS_RETURN: _("Refused, waits for the way back"),
    HoldGround.OTHER: pgettext_lazy("hold", "Other: say it in the note"),
}
ITEMS: Mapping[str, Words] = {
    Item.HITS_COMPARED: _("Hits compared and answered"),
    Item.FEATURES_SEEN: _("Paper, print and security features looked at"),
    Item.UNDER_LIGHT: _("Looked at under ultraviolet light and a magnifier"),
    Item.PORTRAIT_COMPARED: _("Portrait compared with the face"),
    Item.SECOND_PAPER: _("Another paper asked for"),
    Item.JOURNEY_ASKED: _("Where from, where to, with whom"),
    Item.ISSUER_ASKED: _("Issuing State asked, through headquarters"),
    Item.SPOKEN_ALONE: _("Spoken with the person alone"),
    Item.COMPANION_ASKED: _("Companion asked who they are to the child"),
    Item.PARENTS_REACHED: _("Parents or guardian reached"),
    Item.CHILD_SERVICE_CALLED: _("Child protection service called"),
    Item.RIGHTS_EXPLAINED: _("Rights and the way of a claim explained"),
    Item.INTERPRETER_PRESENT: _("Spoken in a language the person understands"),
    Item.PROTECTION_SERVICE_CALLED: _("Protection service called, with the person's consent"),
    Item.DISTANCE_KEPT: _("Distance kept, mask offered"),
    Item.HEALTH_SERVICE_CALLED: _("Health service called"),
    Item.CONTACTS_ASKED: _("Asked who travelled with the person"),
}
_REFUSALS: Mapping[str, Words] = {
    **REFUSALS_OF_FORM,
    **REFUSALS_OF_TAKING_OVER,
    "case.taken_meanwhile": _(
        "A colleague has taken this traveller on in the meantime. See who, and take over if you agree."
    ),
    "case.with_other": _(
        "A colleague has taken this traveller on. Take over first, or let them decide."
    ),
    "note.empty": _("Write something first: an empty note is not stored."),
    "care.why": _("Say in a word why it was not possible."),
    "hold.ground": _("Choose why the traveller may not leave."),
    "hold.note": _("Say in the note why the traveller may not leave: at least three characters."),
}


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    if said := refusal_of_pictures(refused):
        return said
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence)
