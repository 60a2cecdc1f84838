"""What findings say of rules of stay, of stays, and of a closed border."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from openmidas.crossings.words import Words

STAY_FINDINGS: dict[str, tuple[Words, Words]] = {
    "nationality_unknown": (
        _("Nationality unknown"),
        _("No rule of stay can be applied. Ask the traveller."),
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
    "border_closed": (
        _("Border closed: %(closure)s"),
        _("Exempt are: %(exemptions)s. Source: %(source)s."),
    ),
}
