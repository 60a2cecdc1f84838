"""What this room refuses to do, in the words of the page. Filled in and asked for by `wording`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.crossings.words import Words

REFUSALS: dict[str, Words] = {
    "disk.full": _(
        "The disk of this post is full: nothing was recorded. Write on paper, and call your"
        " administrator now. What was recorded before is safe."
    ),
    "scan.unreadable": _(
        "The document could not be read. Scan it again; if that fails, type it by hand."
    ),
    "camera.busy": _("Other documents are being read. It is tried again."),
    "camera.no_picture": _(
        "This file is no photograph that can be read (JPEG, PNG or WebP). Take it again."
    ),
    "chip.stopped": _(
        "The chip that was read before stopped this traveller, and that stays. Was another document on the"
        " reader? Cancel, and scan this one again."
    ),
    "seal.no_picture": _(
        "This file is no photograph that can be read (JPEG or PNG). Take it again."
    ),
    "seal.no_code": _(
        "No two-dimensional code was found in this photograph. Take it again: flat, close, without glare."
    ),
    "seal.none": _("This code is no digital seal that can be read here. Nothing was recorded."),
    "seal.unread": _(
        "Reading this code took too much and was ended. Try once more; if it stays so, look at the document"
        " closely. Nothing was recorded."
    ),
    "seal.many": _("%(most)s seals of one traveller are kept at most."),
    "card.mistyped": _(
        "The number of the border resident’s card does not fit its last two figures. Read it again."
    ),
    "card.unknown": _(
        "This post gave out no border resident’s card with this number. Ask for another document."
    ),
    "scan.unknown": _("This traveller no longer stands at this lane. Scan the document again."),
    "scan.decided": _("This traveller has already been decided on."),
    "lane.occupied": _("Somebody still stands at this lane. Decide on them first."),
    "group.full": _("A group has %(limit)s travellers at most. Decide on these first."),
    "stop.at_primary": _(
        "“Stop” cannot be admitted at the primary line. Refer the traveller to the second line."
    ),
    "crossing.unknown": _("This traveller does not wait at this post."),
    "crossing.resolved": _("A colleague has already decided otherwise on this traveller."),
    "refusal.held": _(
        "Nobody is refused while a referral is open or was handed over, or who asked for protection and was"
        " not heard. Begin the referral below, or ask whoever wrote it to close it."
    ),
    "refusal.without_reason": _("Choose the reason for refusing entry."),
    "admission.without_reason": _(
        "The checks had stopped this traveller. Choose why you let them cross."
    ),
    "handover.to_nobody": _("Choose whom the traveller is handed over to."),
    "handover.note": _(
        "Say in the note whom the traveller is handed over to: at least three characters."
    ),
    "hit.at_primary": _("The code says so: refer the traveller to the second line."),
    "hit.open": _(
        "A hit that is very likely has no answer. Answer it first (Compare and answer), or choose why you"
        " let the traveller cross without."
    ),
    "hit.open_note": _(
        "Say in the note why the traveller crosses without an answer to the hit: at least three"
        " characters."
    ),
    "reason.of_other_outcome": _("The reason that you chose belongs to the other decision."),
    "field.too_long": _("Too long: %(field)s. At most %(most)s characters can be stored."),
    "field.unprintable": _("There are signs that cannot be stored: %(field)s."),
    "paper.page_day": _("Give the day that the page is of."),
    "recording.in_future": _(
        "A crossing of the past lies in the past: look at day and time again."
    ),
    "recording.too_old": _("Only crossings of the last %(years)s years can be entered."),
    "recording.saved_already": _(
        "This form was saved already, with something else in it. Load the page again for the next line."
    ),
    "recording.there": _(
        "This line may be here already: %(name)s, %(at)s, the same direction and the same document or name."
        " Look at both, or save this one all the same."
    ),
    "recording.not_yours": _(
        "Only lines that you entered yourself in the last %(hours)s hours can be corrected here."
    ),
    "count.number": _("Give a number of travellers from 1 to %(most)s; 0 takes a count back."),
    "count.hours": _(
        "Give both hours of a count, the later one last, or none. A night is two counts, one for each day."
    ),
    "count.there": _(
        "They may be counted already, on %(day)s in this direction: %(there)s. Counts are added up. Correct"
        " the one below, or save this one all the same."
    ),
    "count.not_yours": _("Only counts of this post can be corrected here."),
    "form.saved_already": _(
        "This form was saved before, with something else in it. What you wrote stands below: send it again."
    ),
    "request.broken": _("The request was not complete. Nothing was saved. Load the page again."),
}
