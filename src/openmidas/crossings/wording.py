"""What findings and refusals say to officers. The checks give codes; the sentences are here.

Every value that comes from a document or a list is escaped and stands in a ``<bdi>``, so that
names, numbers and dates keep their order in a page that runs from right to left.
"""

from __future__ import annotations

import msgspec
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from openmidas.crossings.hit_wording import CODES, word_asked
from openmidas.crossings.inspection import Finding, State
from openmidas.crossings.refusal_wording import REFUSALS
from openmidas.crossings.services import Refused
from openmidas.crossings.words import (
    CONVEYANCES,
    FIELDS,
    PURPOSES,
    RULES,
    STATES,
    Words,
    state_in_words,
)


class Worded(msgspec.Struct, frozen=True):
    """A finding in words: what it is, and what the officer should know of it. Both are safe HTML."""

    title: SafeString
    detail: SafeString


_FINDINGS: dict[str, tuple[Words, Words]] = {
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
    "nationality_unknown": (
        _("Nationality unknown"),
        _("No rule of stay can be applied. Ask the traveller."),
    ),
    "child_alone": (
        _("Child travelling alone"),
        ngettext_lazy(
            "%(age)s year old at most, and no adult in the group. Ask who is responsible.",
            "%(age)s years old at most, and no adult in the group. Ask who is responsible.",
            "age",
        ),
    ),
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
    "rules_stale": (
        ngettext_lazy(
            "Rules of stay %(age_days)s day old", "Rules of stay %(age_days)s days old", "age_days"
        ),
        ngettext_lazy(
            "They should not be older than %(limit)s day.",
            "They should not be older than %(limit)s days.",
            "limit",
        ),
    ),
    "no_rules": (_("No rules of stay at this post"), _("How long a stay may last is not known.")),
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
    "overstay": (
        ngettext_lazy("Stayed %(days)s day too long", "Stayed %(days)s days too long", "days"),
        _("Entered on %(entered)s and could stay until %(until)s (%(rule)s)."),
    ),
    "stay_left": (
        ngettext_lazy("%(days)s day of stay left", "%(days)s days of stay left", "days"),
        _("The stay was allowed until %(until)s."),
    ),
    "stay_until": (
        _("May stay until %(until)s"),
        ngettext_lazy(
            "%(days)s day, the day of entry included: %(rule)s. Tell the traveller.",
            "%(days)s days, the day of entry included: %(rule)s. Tell the traveller.",
            "days",
        ),
    ),
    "visa_free": (_("May stay without a limit of days"), _("%(rule)s.")),
    "no_rule": (
        _("No rule of stay for %(nationality)s"),
        _("Look for a visa or a permit of residence."),
    ),
    "no_entry_here": (
        _("No entry recorded at this post"),
        _("That says little: people enter elsewhere too."),
    ),
    "collected": (
        _("Collected while the post was shut"),
        _("No list and no rule was consulted: nothing is known of this traveller from that."),
    ),
    "border_closed": (
        _("Border closed: %(closure)s"),
        _("Exempt are: %(exemptions)s. Source: %(source)s."),
    ),
}

# How it ended for the same document before, where it did not simply cross.
_SAME_DOCUMENT: dict[str, tuple[Words, Words]] = {
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
}

# Where nobody of this post compared them.
_CONFIRMED = _(
    "Another post compared the two, and headquarters confirmed it on %(on)s. It holds for this"
    " traveller until %(until)s, and as long as nothing new is known."
)

_LOST_REASONS: dict[str, Words] = {
    "lost": _("Document reported lost"),
    "stolen": _("Document reported stolen"),
    "stolen_blank": _("Document reported stolen as a blank"),
    "revoked": _("Document reported revoked"),
}
_LOST_SINCE: dict[bool, Words] = {
    True: _("Reported in %(first)s."),
    False: _("Reported between %(first)s and %(last)s."),
}
_LOST_WRITINGS: dict[str, Words] = {
    "alike": _(
        "The list writes the number in another way: O for 0, I for 1, or other zeros at the front."
        " It may be another document: compare sign for sign."
    ),
    "perhaps_alike": _(
        "O and 0, I and 1, and zeros at the front are not told apart: compare them."
    ),
}

_EXEMPT = {**PURPOSES, **CONVEYANCES}

HIT_LEVELS: dict[str, Words] = {
    "strong": _("Very likely on a list"),
    "possible": _("Possibly on a list"),
    "weak": _("Resembles somebody on a list"),
}

_JUST_NOW = _("The same document a moment ago")


def word(finding: Finding) -> Worded:
    """The finding in the language of the page. Raises `KeyError` for a code that has no words."""
    title, detail = _FINDINGS[finding.code]
    if finding.code == "same_document":
        if finding.params["minutes"] == "0":
            title = _JUST_NOW
        title, detail = _SAME_DOCUMENT.get(finding.params.get("outcome", ""), (title, detail))
    if finding.code == "list_code":
        title, detail = CODES.get(finding.params["code"], (title, detail))
    parts = [_fill(detail, finding.params)]
    if finding.code == "list_hit":
        parts.insert(0, _fill(title, finding.params))
        parts += word_asked(finding)
        title = HIT_LEVELS[finding.params["level"]]
    if finding.code == "hit_resolved" and not finding.params.get("by"):
        parts = [_fill(_CONFIRMED, finding.params)]
    if finding.code == "hit_resolved" and "name" in finding.params:
        parts.insert(0, _fill(_FINDINGS["list_hit"][0], finding.params))
    if finding.code == "lost_document":
        title = _LOST_REASONS.get(finding.params["reason"], title)
        parts = [*_lost_parts(finding.params), *parts]
    return Worded(
        _fill(title, finding.params), format_html_join(" ", "{}", ((part,) for part in parts))
    )


def _lost_parts(params: dict[str, str]) -> list[SafeString]:
    """Since when, and how alike the numbers are; what nobody told is left off."""
    told = [_LOST_SINCE[params["first"] == params["last"]]] if params["first"] else []
    told += [words for code, words in _LOST_WRITINGS.items() if code == params["writing"]]
    return [_fill(sentence, params) for sentence in told]


def refusal(refused: Refused) -> SafeString:
    """Why something is not possible now. Raises `KeyError` for a code that has no words."""
    return _fill(REFUSALS[refused.code], refused.params)


def headline(state: State) -> str:
    """The word of a state."""
    return str(STATES[state])


def _fill(sentence: Words, params: dict[str, str]) -> SafeString:
    """The sentence with its values escaped and isolated; it is in the plural where it must be."""
    values = {name: _shown(name, value) for name, value in params.items()}
    return mark_safe(sentence % values)  # noqa: S308  our own sentence, and all values escaped


def _shown(name: str, value: str) -> SafeString | int:
    match name:
        case "field":
            return conditional_escape(str(FIELDS.get(value, value)))
        case "rule":
            return conditional_escape(str(RULES.get(value, value)))
        case "nationality":
            return conditional_escape(state_in_words(value))
        case "list":
            return conditional_escape(gettext(value))
        case "exemptions":
            named = [str(_EXEMPT.get(code) or state_in_words(code)) for code in value.split(", ")]
            return conditional_escape(", ".join(named))
        case "age" | "age_days" | "days" | "hours" | "limit" | "minutes" | "years":
            return int(value)
    return format_html('<bdi dir="ltr">{}</bdi>', value)
