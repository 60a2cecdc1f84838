"""The words of what `midas doctor` finds about the rules of stay."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.doctor_wording import add_words

add_words(
    {
        "rules.fresh": (_("Rules of stay “%(title)s”: %(days)s days old (limit: %(limit)s)."), ""),
        "rules.none": (
            _("No rules of stay have been published to this node."),
            _("At the headquarters: midas rules publish FILE"),
        ),
        "rules.stale": (
            _(
                "The rules of stay “%(title)s” are %(days)s days old, over their limit of %(limit)s."
            ),
            _("Look through them, date them anew, then: midas rules publish FILE"),
        ),
    }
)
