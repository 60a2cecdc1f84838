"""The rules that raise incidents in words, and what is wrong with a file of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
from django.utils.translation import gettext_lazy as _

from openmidas.incidents.rules import IncidentRulesError, Rule, Rules
from openmidas.incidents.wording import KINDS, RULES, SEVERITIES, TAGS, word

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AT_POSTS = ("health_cluster",)
"""Rules that posts ask, without a link; headquarters asks the others."""
_SAID: Mapping[str, _StrPromise] = {
    "silent_post": _(
        "Nothing is heard of a post for longer than it may be silent in its opening hours. How long"
        " that is stands with each post."
    ),
    "impossible_travel": _(
        "The same document at two posts at least %(kilometres)s km apart, faster than"
        " %(kilometres_per_hour)s km an hour. Clocks may differ by %(minutes_of_grace)s minutes; days"
        " compared: %(days)s."
    ),
    "health_cluster": _(
        "At least %(travellers)s travellers from one place, sent to the second line for their health"
        " at one post within %(hours)s hours."
    ),
    "same_plate": _(
        "One plate, opened as two kinds of vehicle or as the bus of two companies within %(days)s days."
        " Plates of fewer than %(signs)s letters and figures do not count."
    ),
    "surge": _(
        "At one post, in one direction, in the last %(hours)s hours: at least %(travellers)s"
        " travellers, and more than %(percent)s %% of the most that is usual for these hours."
    ),
}
_PROBLEMS: Mapping[str, _StrPromise] = {
    "malformed": _("These are no rules that raise incidents: %(reason)s"),
    "unknown": _("“%(name)s” is not known here. Look how it is written in the sample."),
    "unprintable": _("The edition is a short name on one line, without spaces around it."),
    "taken": _(
        "Other rules have the edition “%(edition)s” already. Give these a name of their own."
    ),
}


class InWords(msgspec.Struct, frozen=True, kw_only=True):
    """One rule as a page shows it. ``said`` empty: it is left out and raises nothing."""

    name: str
    at_posts: bool
    said: str
    kind: str = ""
    severity: str = ""
    tag: str = ""


def rules_in_words(rules: Rules) -> Iterator[InWords]:
    """Every rule that there is, also those that are left out."""
    for code, name in RULES.items():
        rule: Rule | None = getattr(rules, code)
        shown = InWords(name=str(name), at_posts=code in AT_POSTS, said="")
        if rule is not None:
            shown = msgspec.structs.replace(
                shown,
                said=str(_SAID[code]) % msgspec.structs.asdict(rule),
                kind=word(KINDS, rule.kind),
                severity=word(SEVERITIES, rule.severity),
                tag=TAGS.get(rule.severity, ""),
            )
        yield shown


def word_problem(error: IncidentRulesError) -> str:
    """Why a file of rules cannot be taken."""
    return str(_PROBLEMS[error.code]) % error.params
