"""Conveyances and manifests in words, and what is refused there. The room's `wording` fills it in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.conveyances.comparing import MatchedBy
from openmidas.crossings.inspection import Conveyance
from openmidas.crossings.words import CONVEYANCES, OUTCOMES, Words

KINDS: dict[str, Words] = {
    code: CONVEYANCES[code]
    for code in (Conveyance.BUS, Conveyance.CAR, Conveyance.TRUCK, Conveyance.BOAT)
}
"""Those that several travellers come with, the most usual first."""
MATCHED_BY: dict[str, Words] = {
    MatchedBy.NUMBER: _("document number"),
    MatchedBy.NAME_AND_BIRTH: _("name and birth date"),
    MatchedBy.NAME: _("name"),
}
STATUSES: dict[str, Words] = {**OUTCOMES, "standing": pgettext_lazy("traveller", "not decided yet")}
ROW_PROBLEMS: dict[str, Words] = {
    "nobody": _("neither a name nor a number"),
    "birth": _("the birth date is not understood"),
    "nationality": _("the nationality is not understood"),
    "too_long": _("too long: look whether the columns are in their order"),
    "unprintable": _("there are signs that cannot be stored"),
    "twice": _("this document number stands above already"),
}
REFUSALS: dict[str, Words] = {
    "conveyance.plate": _("Give the plate, or the name of the boat."),
    "conveyance.seats": _("Give the seats in digits, 1 to %(most)s, or leave them empty."),
    "conveyance.unknown": _("No such conveyance was opened at this post in the last 24 hours."),
    "conveyance.closed": _("It is closed already: nothing can be added to it."),
    "conveyance.full": _(
        "More were scanned with %(plate)s than it can carry: it has left this lane. Scan again whoever stands"
        " here."
    ),
    "conveyance.no_lane": _(
        "You are at no lane. Only who signed in at a lane scans travellers there."
    ),
    "conveyance.driver": _("Choose who drives among those who came with it and were decided on."),
    "conveyance.undecided": _(
        "Travellers of it still stand at a lane. Decide on them first, then close it."
    ),
    "conveyance.note": _(
        "The manifest and the travellers differ. Say in the note why, as far as known: at least three"
        " characters."
    ),
    "manifest.empty": _("There is nobody on this manifest."),
    "manifest.too_many": _("A manifest has %(most)s travellers at most."),
    "manifest.too_large": _("The text is too long: %(most)s characters at most."),
}
