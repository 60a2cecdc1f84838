"""The codes of this room in words: causes, groups of people, needs, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, npgettext_lazy, pgettext_lazy

from openmidas.crossings.inspection import Direction
from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.displacements.entries import Cause, Need
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CAUSES: Mapping[str, _StrPromise] = {
    Cause.CONFLICT: pgettext_lazy("displacement", "Conflict"),
    Cause.FLOOD: pgettext_lazy("displacement", "Flood"),
    Cause.EXPULSION: pgettext_lazy("displacement", "Expulsion"),
    Cause.DISEASE: pgettext_lazy("displacement", "Disease"),
    Cause.OTHER: pgettext_lazy("displacement", "Other cause"),
}
DIRECTIONS: Mapping[str, _StrPromise] = {
    Direction.ENTRY: pgettext_lazy("displacement", "They come into the country"),
    Direction.EXIT: pgettext_lazy("displacement", "They leave the country"),
}
GROUPS: Mapping[str, _StrPromise] = {
    "women": pgettext_lazy("people counted", "Women"),
    "men": pgettext_lazy("people counted", "Men"),
    "girls": pgettext_lazy("people counted", "Girls"),
    "boys": pgettext_lazy("people counted", "Boys"),
    "adults": pgettext_lazy("people counted", "Adults, sex not seen"),
    "children": pgettext_lazy("people counted", "Children, sex not seen"),
    "unseen": pgettext_lazy("people counted", "Neither age nor sex seen"),
}
SPECIAL: Mapping[str, _StrPromise] = {
    "unaccompanied": pgettext_lazy("people counted", "Unaccompanied children"),
    "wounded": pgettext_lazy("people counted", "Wounded"),
    "pregnant": pgettext_lazy("people counted", "Pregnant women"),
    "elderly": pgettext_lazy("people counted", "Elderly"),
    "disabled": pgettext_lazy("people counted", "People with disabilities"),
}
_COUNTED: Mapping[str, _StrPromise] = {
    "women": npgettext_lazy("people counted", "%(number)s woman", "%(number)s women", "number"),
    "men": npgettext_lazy("people counted", "%(number)s man", "%(number)s men", "number"),
    "girls": npgettext_lazy("people counted", "%(number)s girl", "%(number)s girls", "number"),
    "boys": npgettext_lazy("people counted", "%(number)s boy", "%(number)s boys", "number"),
    "adults": npgettext_lazy(
        "people counted",
        "%(number)s adult, sex not seen",
        "%(number)s adults, sex not seen",
        "number",
    ),
    "children": npgettext_lazy(
        "people counted",
        "%(number)s child, sex not seen",
        "%(number)s children, sex not seen",
        "number",
    ),
    "unseen": npgettext_lazy(
        "people counted",
        "%(number)s person, neither age nor sex seen",
        "%(number)s people, neither age nor sex seen",
        "number",
    ),
    "unaccompanied": npgettext_lazy(
        "people counted",
        "%(number)s unaccompanied child",
        "%(number)s unaccompanied children",
        "number",
    ),
    "wounded": npgettext_lazy(
        "people counted",
        "%(number)s wounded person",
        "%(number)s wounded people",
        "number",
    ),
    "pregnant": npgettext_lazy(
        "people counted",
        "%(number)s pregnant woman",
        "%(number)s pregnant women",
        "number",
    ),
    "elderly": npgettext_lazy(
        "people counted",
        "%(number)s elderly person",
        "%(number)s elderly people",
        "number",
    ),
    "disabled": npgettext_lazy(
        "people counted",
        "%(number)s person with a disability",
        "%(number)s people with disabilities",
        "number",
    ),
}
NEEDS: Mapping[str, _StrPromise] = {
    Need.WATER: pgettext_lazy("need", "Water"),
    Need.FOOD: pgettext_lazy("need", "Food"),
    Need.SHELTER: pgettext_lazy("need", "Shelter"),
    Need.MEDICAL: pgettext_lazy("need", "Medical help"),
    Need.TRANSPORT: pgettext_lazy("need", "Transport"),
}
_REFUSALS: Mapping[str, _StrPromise] = {
    "displacement.unknown": gettext_lazy("There is no such displacement at this post."),
    "displacement.origin_missing": gettext_lazy("Say where these people come from."),
    "displacement.in_future": gettext_lazy("That lies in the future: look at day and time again."),
    "displacement.too_old": gettext_lazy(
        "Only what happened in the last %(years)s years can be reported."
    ),
    "displacement.incident_unknown": gettext_lazy("There is no such incident here."),
    "displacement.saved_already": gettext_lazy(
        "This form was saved already, with something else in it. Load the page again."
    ),
    "displacement.closed": gettext_lazy(
        "This displacement is over. Open it again to count more people."
    ),
    "displacement.nobody": gettext_lazy("Nobody was counted: give a number in one of the groups."),
    "displacement.too_many": gettext_lazy("A group has at most %(most)s people."),
    "displacement.special_above": gettext_lazy(
        "More people have a special need than were counted. Count them in a group as well."
    ),
    "displacement.hours": gettext_lazy("The end of the count lies before its beginning."),
    "displacement.corrected_already": gettext_lazy(
        "This count was corrected already. Load the page again, and correct the last one."
    ),
    "displacement.crossing_unknown": gettext_lazy(
        "A crossing that you chose is not known here. Load the page again."
    ),
    "displacement.marked_elsewhere": gettext_lazy(
        "One of these travellers was counted in another displacement. Take that back first."
    ),
    "displacement.too_many_marks": gettext_lazy("At most %(most)s can be marked at once."),
}


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence) % refused.params


def word(words: Mapping[str, _StrPromise], code: str) -> str:
    """The word for a code; the code itself where a newer node wrote it."""
    return str(words.get(code, code))


def word_people(group: str, number: int) -> str:
    """So many of a group, of `GROUPS` or `SPECIAL`: "1 woman", "21 women"."""
    return str(_COUNTED[group] % {"number": number})
