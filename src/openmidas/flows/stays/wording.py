"""Codes of stays and matches, in the words of those who read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.words import Words
from openmidas.flows.models import Outcome
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word as word_of_posts

LEVELS: dict[str, Words] = {
    "strong": _("Much alike"),
    "possible": _("Possibly alike"),
    "weak": _("Hardly alike"),
    "": _("Not alike"),
}
OUTCOMES: dict[str, Words] = {
    Outcome.MATCHED: pgettext_lazy("match", "One traveller"),
    Outcome.DISMISSED: pgettext_lazy("match", "Two travellers"),
    Outcome.OPEN: pgettext_lazy("match", "Open"),
}
DONE: dict[Outcome, Words] = {
    Outcome.MATCHED: _("Recorded: one traveller. The stay has ended."),
    Outcome.DISMISSED: _("Recorded: two travellers. They are not proposed again."),
    Outcome.OPEN: _("Recorded: the decision is taken back."),
}
_SENTENCES: dict[str, Words] = {
    "match.unknown": _("These two crossings are no longer proposed."),
    "match.not_looked": _("Look at who the two travellers are first, for a purpose."),
    "match.decided": _("This was decided before. Take the decision back first."),
    "match.open": _("There is no decision to take back."),
    "match.gone": _(
        "New crossings have arrived since: the stay has ended otherwise, or the exit has its entry."
    ),
}


def word(refused: Refused) -> str:
    """What was refused, as a sentence that says what to do."""
    sentence = _SENTENCES.get(refused.code)
    return word_of_posts(refused) if sentence is None else str(sentence)
