"""What hits on the State's own lists say: a code to the primary line, what is asked to the others."""

from __future__ import annotations

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openmidas.crossings.inspection import Finding, Told
from openmidas.crossings.words import Words
from openmidas.lists.national.wording import ACTIONS, CATEGORIES, of_code

# What the primary line is told to do where it is not "refer".
CODES: dict[str, tuple[Words, Words]] = {
    "11": (
        _("Call headquarters: code %(code)s"),
        _("Before you decide. Tell them the number %(listing)s. Then refer to the second line."),
    ),
    "13": (
        _("For your information: code %(code)s"),
        _("Go on as usual: headquarters is told of this crossing."),
    ),
}


def word_asked(finding: Finding) -> list[SafeString]:
    """Of a hit on one of the State's own lists: why it is listed, in a word, and what is asked."""
    params = finding.params
    if not params.get("action"):
        return []
    category = of_code(CATEGORIES, params.get("category", ""))
    said = [f"{category}. {of_code(ACTIONS, params['action'])}."]
    if params.get("code"):
        said.append(gettext("Code %(code)s.") % {"code": params["code"]})
    if params.get("discreet"):
        said.append(gettext("Discreet: the traveller must not notice."))
    if finding.told is Told.NOTHING:
        said.append(gettext("The post was shown nothing of this."))
    if params.get("instruction"):
        said.append(params["instruction"])
    return [conditional_escape(one) for one in said]
