"""What findings say of lists: of persons, and of lost and stolen documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from openmidas.crossings.words import Words

LIST_FINDINGS: dict[str, tuple[Words, Words]] = {
    "list_hit": (
        pgettext_lazy("finding", "%(name)s, on the list “%(list)s”."),
        ngettext_lazy(
            "Listing %(listing)s, edition of %(edition_date)s, %(age_days)s day old.",
            "Listing %(listing)s, edition of %(edition_date)s, %(age_days)s days old.",
            "age_days",
        ),
    ),
    "hit_resolved": (
        _("Already resolved: not the same person"),
        _(
            "%(by)s compared the two on %(on)s. It holds for this traveller until %(until)s, and as"
            " long as nothing new is known."
        ),
    ),
    "list_code": (
        _("Refer to the second line: code %(code)s"),
        _("The second line is told the rest. Say nothing of it to the traveller."),
    ),
    "list_stale": (
        ngettext_lazy("List %(age_days)s day old", "List %(age_days)s days old", "age_days"),
        ngettext_lazy(
            "“%(list)s” should not be older than %(limit)s day. No match in it proves little.",
            "“%(list)s” should not be older than %(limit)s days. No match in it proves little.",
            "limit",
        ),
    ),
    "no_list": (_("No list at this post"), _("Nobody has been compared with any list.")),
    "lost_document": (
        _("Document on the list of lost and stolen ones"),
        ngettext_lazy(
            "“%(list)s”, edition of %(edition_date)s, %(age_days)s day old."
            " Its holder may be its owner: ask, compare, and have the headquarters confirm.",
            "“%(list)s”, edition of %(edition_date)s, %(age_days)s days old."
            " Its holder may be its owner: ask, compare, and have the headquarters confirm.",
            "age_days",
        ),
    ),
    "lost_not_asked": (
        _("Not compared with lost documents"),
        _("Without issuer and a number of five signs or more, no document can be looked up."),
    ),
    "lost_list_missing": (
        _("No file of lost documents at this post"),
        _("There is an edition, and its file has not been carried here. Nothing was compared."),
    ),
    "lost_list_damaged": (
        _("The file of lost documents cannot be read"),
        _("Nothing was compared. That says nothing of the document."),
    ),
}

HIT_LEVELS: dict[str, Words] = {
    "strong": _("Very likely on a list"),
    "possible": _("Possibly on a list"),
    "weak": _("Resembles somebody on a list"),
}

# Where nobody of this post compared them.
CONFIRMED = _(
    "Another post compared the two, and headquarters confirmed it on %(on)s. It holds for this"
    " traveller until %(until)s, and as long as nothing new is known."
)

LOST_REASONS: dict[str, Words] = {
    "lost": _("Document reported lost"),
    "stolen": _("Document reported stolen"),
    "stolen_blank": _("Document reported stolen as a blank"),
    "revoked": _("Document reported revoked"),
}
LOST_SINCE: dict[bool, Words] = {
    True: _("Reported in %(first)s."),
    False: _("Reported between %(first)s and %(last)s."),
}
LOST_WRITINGS: dict[str, Words] = {
    "alike": _(
        "The list writes the number in another way: O for 0, I for 1, or other zeros at the front."
        " It may be another document: compare sign for sign."
    ),
    "perhaps_alike": _(
        "O and 0, I and 1, and zeros at the front are not told apart: compare them."
    ),
}
