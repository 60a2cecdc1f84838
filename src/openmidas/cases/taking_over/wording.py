"""How an asking of headquarters stands, and what is refused about it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmidas.cases.taking_over.standing import State

Words = str | Promise

STATES: Mapping[State, Words] = {
    State.ASKED: _("Headquarters asks to take over"),
    State.DECLINED: _("Not given to headquarters"),
    State.GRANTED: _("With headquarters"),
    State.DIRECTED: _("Headquarters has said how to decide"),
    State.TAKEN_BACK: _("Taken back from headquarters"),
}
REFUSALS: Mapping[str, Words] = {
    "take_over.apart": _(
        "A compartment knows why this traveller waits. Work on it in the referral: it is not taken over."
    ),
    "take_over.asked": _("It is asked for already. See what the post says."),
    "take_over.why": _("Say why in a few words: at least three characters."),
    "take_over.unknown": _(
        "Headquarters does not ask for this interview any more. Load the page again."
    ),
    "take_over.answered": _("This was answered in the meantime. See how."),
    "take_over.not_here": _(
        "Headquarters does not have this interview: the post has not granted it, or took it back."
    ),
    "take_over.of_other": _("Another officer of headquarters has asked for this interview."),
    "case.with_headquarters": _(
        "Headquarters has this interview and has not said yet how to decide. Wait for that, or take the"
        " interview back."
    ),
}
