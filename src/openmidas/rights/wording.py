"""The words of complaints, of their answers, and of the pages for the public."""

from __future__ import annotations

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.incidents.entries import IncidentKind
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word
from openmidas.rights.entries import ComplaintKind, ComplaintOutcome

Words = str | Promise


class Problem(msgspec.Struct, frozen=True):
    """What went wrong on a page for the public."""

    title: Words
    text: Words


_TAKEN_NOT = Problem(_("This was not taken"), _("Nothing was sent, and nothing was changed."))
PROBLEMS = {
    400: _TAKEN_NOT,
    403: _TAKEN_NOT,
    404: Problem(_("There is no such page here"), _("Nothing was sent, and nothing was changed.")),
    500: Problem(
        _("Something went wrong here"),
        _("What you wrote may not have been sent. Try again, or tell an officer."),
    ),
}
"""By the status that the page has."""
NOTHING_LEFT = Problem(
    _("Nothing stands here any more"),
    _("What stood here was for one person, and is not shown again."),
)
KINDS: dict[str, Words] = {
    ComplaintKind.MONEY: pgettext_lazy("complaint", "Somebody asked for money, or took it"),
    ComplaintKind.DELAY: pgettext_lazy("complaint", "I had to wait too long"),
    ComplaintKind.VIOLENCE: pgettext_lazy("complaint", "Violence or threats"),
    ComplaintKind.DISCRIMINATION: pgettext_lazy("complaint", "I was treated worse than others"),
    ComplaintKind.LOST_DOCUMENT: pgettext_lazy("complaint", "A document was lost or kept"),
    ComplaintKind.OTHER: pgettext_lazy("complaint", "Something else"),
}
SHORT_KINDS: dict[str, Words] = {
    ComplaintKind.MONEY: pgettext_lazy("complaint", "Money"),
    ComplaintKind.DELAY: pgettext_lazy("complaint", "Delay"),
    ComplaintKind.VIOLENCE: pgettext_lazy("complaint", "Violence"),
    ComplaintKind.DISCRIMINATION: pgettext_lazy("complaint", "Discrimination"),
    ComplaintKind.LOST_DOCUMENT: pgettext_lazy("complaint", "Document"),
    ComplaintKind.OTHER: pgettext_lazy("complaint", "Other"),
}
OUTCOMES: dict[str, Words] = {
    ComplaintOutcome.UPHELD: pgettext_lazy("complaint", "The complaint is justified"),
    ComplaintOutcome.PARTLY: pgettext_lazy("complaint", "The complaint is justified in part"),
    ComplaintOutcome.NOT_UPHELD: pgettext_lazy("complaint", "The complaint is not justified"),
    ComplaintOutcome.NOT_KNOWN: pgettext_lazy("complaint", "It could not be found out"),
    ComplaintOutcome.PASSED_ON: pgettext_lazy("complaint", "Passed on to another authority"),
}
DANGERS: dict[str, Words] = {
    IncidentKind.SECURITY: pgettext_lazy(
        "public report", "Danger: armed people, an attack, a mine"
    ),
    IncidentKind.HEALTH: pgettext_lazy("public report", "Illness or death of people or animals"),
    IncidentKind.HUMANITARIAN: pgettext_lazy("public report", "People who need help"),
    IncidentKind.BORDER: pgettext_lazy("public report", "People or goods taken across in secret"),
}
"""What the public tells of, by kinds of incidents: what is technical, officers tell."""
LANGUAGES = {"fr": "Français", "en": "English", "ar": "العربية", "pt": "Português"}
"""The languages of the pages for the public, each by its own name."""
SPOKEN = LANGUAGES | {
    "bm": "Bamanankan",
    "dje": "Zarma ciine",
    "emk": "Maninkakan",
    "ff": "Fulfulde, Pular",
    "ha": "Hausa",
    "mos": "Mooré",
    "ses": "Soŋay",
    "snk": "Sooninkanxanne",
    "sus": "Sosoxui",
    "tmh": "Tamasheq",
}
"""Those in which the notice of rights may be heard: these, and some that are spoken along both corridors, by
their codes of ISO 639."""

_SENTENCES: dict[str, Words] = {
    "request.broken": _("The page was too old. Open it again; nothing was sent."),
    "report.too_many": _(
        "This was not sent: too many reports came from here in the last minutes. Tell an officer now. What "
        "you wrote still stands here."
    ),
    "complaint.too_many": _(
        "This was not sent: too many complaints came from here in the last minutes. Send it again in ten "
        "minutes, or tell the headquarters. What you wrote still stands here."
    ),
    "answer.too_many": _(
        "Too many numbers and code words that do not fit were tried from here. Try again in ten minutes, "
        "or ask the headquarters."
    ),
    "complaint.receipt_unreadable": _(
        "Nothing is sent yet: the number of the receipt cannot be right. Compare it with the receipt, leave "
        "it out, or send it all the same."
    ),
    "complaint.sent_before": _(
        "This form was sent before. Send it again to make another complaint of it."
    ),
    "complaint.no_headquarters": _(
        "This post has no headquarters yet that could read the complaint. Nothing was sent."
    ),
    "complaint.no_kind": _("Choose what the complaint is about."),
    "complaint.too_short": _("Say in a few words what happened."),
    "complaint.too_long": _("That is too long: no more than %(most)s letters."),
    "complaint.unknown": _("There is no such complaint here."),
    "complaint.unreadable": _(
        "This complaint cannot be opened here, so no answer can be sealed for whoever made it."
    ),
    "complaint.closed": _("This complaint is closed. Nothing was changed."),
    "report.no_kind": _("Choose what it is about."),
    "report.too_short": _("Say in a few words what happened."),
    "report.too_long": _("That is too long: no more than %(most)s letters."),
    "report.no_moment": _("This is no day and hour. Leave it empty if you do not know."),
    "incident.in_future": _("That lies in the future: look at day and time again."),
    "incident.too_old": _("Only what happened in the last %(years)s years can be reported."),
    "incident.saved_already": _(
        "This form was sent before, with something else in it. Send it again to tell that as well."
    ),
    "sound.language": _("There is no such language here. Known are: %(known)s."),
    "sound.too_large": _("Too large: a recording has at most %(most)s MiB."),
    "sound.not_played": _(
        "Browsers do not play this file. Give Ogg (Opus or Vorbis), MP3, M4A (AAC, without a film) or WAV."
    ),
    "sound.none": _("There is no recording in this language."),
    "answer.malformed": _("Number or code word cannot be right. Compare them with what you noted."),
    "answer.too_short": _("Write the answer in a few words."),
    "answer.too_long": _("That is too long: no more than %(most)s letters."),
}


def refusal(refused: Refused) -> str:
    """Why something is not possible, as a sentence that says what to do."""
    sentence = _SENTENCES.get(refused.code)
    return word(refused) if sentence is None else str(sentence) % refused.params
