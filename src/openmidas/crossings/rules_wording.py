"""What is wrong with a rules file, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openmidas.crossings.rules import RulesError

PROBLEMS: dict[str, Promise] = {
    "malformed": _("These are no rules: %(reason)s"),
    "unknown_code": _("%(place)s: “%(value)s” is not known."),
    "twice": _("%(place)s stands there twice."),
    "too_long": _("%(place)s: 1 to %(most)s characters."),
    "out_of_range": _("%(place)s: 1 to %(most)s days."),
    "ends_before_it_begins": _("%(place)s ends before it begins."),
}


def word_rules(error: RulesError) -> str:
    """Why a rules file cannot be taken."""
    return str(PROBLEMS[error.code]) % error.params
