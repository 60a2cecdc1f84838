"""What findings say of a traveller's document, of who holds it, and of where it was seen before."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from openmidas.crossings.words import Words

DOCUMENT_FINDINGS: dict[str, tuple[Words, Words]] = {
    "document_expired": (_("Document expired"), _("It was valid until %(expiry)s.")),
    "document_expires_soon": (_("Document expires soon"), _("It is valid until %(expiry)s.")),
    "document_unreadable": (
        _("Typed by hand"),
        _("The document was not read by a machine. Compare what was typed with the document."),
    ),
    "no_document": (_("No document"), _("Who this is rests on what the traveller says.")),
    "check_digit_wrong": (
        _("Check digit wrong: %(field)s"),
        _("The machine readable lines may be misread or changed. Compare them with the page."),
    ),
    "mrz_invalid": (
        _("Machine readable lines not as they should be"),
        _("Compare the lines with the printed page: %(codes)s."),
    ),
    "number_blind": (
        _("Document number: characters that no check digit proves"),
        _("Compare these characters of the number with the printed page: %(characters)s."),
    ),
    "specimen": (_("Specimen document"), _("Its State code is kept for samples.")),
    "name_truncated": (
        _("The name may go on"),
        _("The name fills its line and may be cut off. Read the printed name."),
    ),
    "unknown_state": (
        _("No such State: %(state)s"),
        _("This code stands in no list of States. Look at the document again."),
    ),
    "birth_unknown": (_("Birth date unknown"), _("Lists and age could be checked only in part.")),
    "child_alone": (
        _("Child travelling alone"),
        ngettext_lazy(
            "%(age)s year old at most, and no adult in the group. Ask who is responsible.",
            "%(age)s years old at most, and no adult in the group. Ask who is responsible.",
            "age",
        ),
    ),
    "same_document": (
        ngettext_lazy(
            "The same document %(minutes)s minute ago",
            "The same document %(minutes)s minutes ago",
            "minutes",
        ),
        _("It crossed at lane %(lane)s. Was it handed back?"),
    ),
    "open_elsewhere": (
        _("Open at lane %(lane)s"),
        _("The same document stands open there now."),
    ),
    "resident_valid": (
        _("Border resident"),
        _("The card is valid until %(until)s. Lives in %(village)s."),
    ),
    "driver_valid": (
        _("Moto-taxi driver, border resident"),
        _("The card is valid until %(until)s. Motorcycle %(plate)s, lives in %(village)s."),
    ),
    "resident_lapsed": (
        _("Border resident’s card lapsed"),
        _("It was valid until %(until)s. The head of post can renew it. Lives in %(village)s."),
    ),
    "resident_revoked": (
        _("Border resident’s card revoked"),
        _("Since %(since)s: %(end)s. Somebody else may hold it: ask for another document."),
    ),
    "resident_gone": (
        _("Border resident’s card not known any more"),
        _("It was known when it was scanned. Ask for another document."),
    ),
    "collected": (
        _("Collected while the post was shut"),
        _("No list and no rule was consulted: nothing is known of this traveller from that."),
    ),
}

# How it ended for the same document before, where it did not simply cross.
SAME_DOCUMENT: dict[str, tuple[Words, Words]] = {
    "referred": (
        _("The same document waits at the second line"),
        _("Its holder was sent there from lane %(lane)s. Who stands here now?"),
    ),
    "refused": (
        ngettext_lazy(
            "The same document was refused %(minutes)s minute ago",
            "The same document was refused %(minutes)s minutes ago",
            "minutes",
        ),
        _("It came from lane %(lane)s to the second line."),
    ),
    "handed_over": (
        ngettext_lazy(
            "The holder of the same document was handed over %(minutes)s minute ago",
            "The holder of the same document was handed over %(minutes)s minutes ago",
            "minutes",
        ),
        _("The second line handed them over to somebody else. Who stands here now?"),
    ),
}

BLIND = _("Character %(position)s of the number: %(read)s, or %(may_be)s?")
JUST_NOW = _("The same document a moment ago")
