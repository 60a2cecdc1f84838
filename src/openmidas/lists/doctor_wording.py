"""The words of what `midas doctor` finds in the lists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.doctor_wording import add_words

add_words(
    {
        "lists.fresh": (_("%(list)s: %(days)s days old (limit: %(limit)s)."), ""),
        "lists.none": (
            _("There is no list at this node: travellers are compared with nothing."),
            _("At the headquarters: midas lists import FILE; at a post: is the link up?"),
        ),
        "lists.lost_missing": (
            _(
                "The file of lost and stolen documents is not here: no document is checked against it."
            ),
            _("Carry it here by stick, then: midas lists lost import FILE"),
        ),
        "lists.stale": (
            _(
                "%(list)s is %(days)s days old, over its limit of %(limit)s: no match is no “clear”."
            ),
            _("At the headquarters: midas lists import FILE; at a post: is the link up?"),
        ),
    }
)
