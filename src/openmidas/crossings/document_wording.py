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
        _("Compare the lines with the printed page: %(problems)s."),
    ),
    "number_blind": (
        _("Document number: characters that no check digit proves"),
        _("Compare these characters of the number with the printed page: %(characters)s."),
    ),
    "specimen": (_("Specimen document"), _("Its State code is kept for samples.")),
    "state_code_withdrawn": (
        _("Withdrawn State code: %(read)s"),
        _("Documents issued before may have it. Look at the date of issue."),
    ),
    "state_code_unlisted": (
        _("State code that stands in no list: %(read)s"),
        _("It is in use all the same."),
    ),
    "expiry_absent": (
        _("No date of expiry"),
        _("The machine readable lines have none. Read on the page until when it is valid."),
    ),
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

# What may be wrong with a field of the machine readable lines.
PROBLEMS: dict[str, Words] = {
    "character_not_allowed": _("a character that stands in no such lines"),
    "date_incomplete": _("only a part of the date"),
    "date_not_allowed": _("is not a date"),
    "document_code_not_allowed": _("not a code of this kind of document"),
    "lower_case": _("small letters"),
    "name_character": _("figures"),
    "name_form": _("fillers out of place"),
    "name_missing": _("nothing there"),
    "not_mrz": _("not machine readable lines"),
    "number_form": _("begins with a filler"),
    "number_missing": _("nothing there"),
    "number_overflow_malformed": _("goes on, but not as it should"),
    "repaired": _("a letter and a figure were taken for one another, put right"),
    "sex_not_allowed": _("stands for no sex"),
    "spaces": _("spaces between the characters"),
    "state_code_of_persons": _("code of persons, not of an issuer"),
    "state_code_unknown": _("code of no State"),
    "surname_missing": _("no surname before the given names"),
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
