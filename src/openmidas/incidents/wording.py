"""The codes of this room in words: kinds, severities, outcomes, places, what a rule saw, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.crossings.words import CONVEYANCES
from openmidas.incidents.entries import Bearing, IncidentKind, Outcome, Place, Severity, Source
from openmidas.incidents.models import Step
from openmidas.pictures.wording import refusal as refusal_of_pictures
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: Mapping[str, _StrPromise] = {
    IncidentKind.SECURITY: pgettext_lazy("incident", "Security"),
    IncidentKind.HEALTH: pgettext_lazy("incident", "Health"),
    IncidentKind.HUMANITARIAN: pgettext_lazy("incident", "Humanitarian"),
    IncidentKind.BORDER: pgettext_lazy("incident", "Border"),
    IncidentKind.TECHNICAL: pgettext_lazy("incident", "Technical"),
}
SEVERITIES: Mapping[str, _StrPromise] = {
    Severity.LOW: pgettext_lazy("incident", "Low"),
    Severity.MEDIUM: pgettext_lazy("incident", "Medium"),
    Severity.HIGH: pgettext_lazy("incident", "High"),
    Severity.CRITICAL: pgettext_lazy("incident", "Critical"),
}
TAGS: Mapping[str, str] = {Severity.CRITICAL: "tag--stop", Severity.HIGH: "tag--look"}
"""The style of a severity; the others have none."""
SOURCES: Mapping[str, _StrPromise] = {
    Source.OFFICER: pgettext_lazy("incident", "Officer of this post"),
    Source.PATROL: pgettext_lazy("incident", "Patrol"),
    Source.FOCAL_POINT: pgettext_lazy("incident", "Focal point of the community"),
    Source.ANONYMOUS: pgettext_lazy("incident", "Somebody who wants to stay unknown"),
    Source.OTHER_POST: pgettext_lazy("incident", "Another post"),
    Source.PUBLIC: pgettext_lazy("incident", "The public, confirmed by nobody yet"),
}
OUTCOMES: Mapping[str, _StrPromise] = {
    Outcome.RESOLVED: pgettext_lazy("incident", "Resolved"),
    Outcome.HANDED_OVER: pgettext_lazy("incident", "Handed over to another service"),
    Outcome.NOTHING_FOUND: pgettext_lazy("incident", "Looked into, nothing found"),
    Outcome.FALSE_ALARM: pgettext_lazy("incident", "False alarm"),
    Outcome.DUPLICATE: pgettext_lazy("incident", "The same as another incident"),
    Outcome.PASSED: pgettext_lazy("incident", "Passed by itself"),
    Outcome.OTHER: pgettext_lazy("incident", "Other: say it in words"),
}
BEARINGS: Mapping[str, _StrPromise] = {
    Bearing.NORTH: pgettext_lazy("direction from a place", "north"),
    Bearing.NORTH_EAST: pgettext_lazy("direction from a place", "north-east"),
    Bearing.EAST: pgettext_lazy("direction from a place", "east"),
    Bearing.SOUTH_EAST: pgettext_lazy("direction from a place", "south-east"),
    Bearing.SOUTH: pgettext_lazy("direction from a place", "south"),
    Bearing.SOUTH_WEST: pgettext_lazy("direction from a place", "south-west"),
    Bearing.WEST: pgettext_lazy("direction from a place", "west"),
    Bearing.NORTH_WEST: pgettext_lazy("direction from a place", "north-west"),
}
STEPS: Mapping[str, _StrPromise] = {
    Step.REPORTED: pgettext_lazy("incident", "Reported"),
    Step.RAISED: pgettext_lazy("incident", "Raised by a rule"),
    Step.UPDATED: pgettext_lazy("incident", "Update"),
    Step.COMMENTED: pgettext_lazy("step of an incident", "Comment"),
    Step.CLOSED: pgettext_lazy("incident", "Closed"),
    Step.REOPENED: pgettext_lazy("incident", "Opened again"),
}
_FAR = {
    Bearing.NORTH: gettext_lazy("%(km)s km north of %(place)s"),
    Bearing.NORTH_EAST: gettext_lazy("%(km)s km north-east of %(place)s"),
    Bearing.EAST: gettext_lazy("%(km)s km east of %(place)s"),
    Bearing.SOUTH_EAST: gettext_lazy("%(km)s km south-east of %(place)s"),
    Bearing.SOUTH: gettext_lazy("%(km)s km south of %(place)s"),
    Bearing.SOUTH_WEST: gettext_lazy("%(km)s km south-west of %(place)s"),
    Bearing.WEST: gettext_lazy("%(km)s km west of %(place)s"),
    Bearing.NORTH_WEST: gettext_lazy("%(km)s km north-west of %(place)s"),
}
_CAUSES: Mapping[str, _StrPromise] = {
    "silent_post": gettext_lazy(
        "Nothing was heard of the post since %(since)s, for longer than it may be silent in its"
        " opening hours. It may be the link, the power, or worse: call the post."
    ),
    "impossible_travel": gettext_lazy(
        "The same document was used at %(first)s (%(first_at)s) and at %(second)s (%(second_at)s): at"
        " least %(km)s km in %(minutes)s minutes. No car is that fast. A clock may be wrong, two"
        " people may use one document, or its number was typed wrongly: compare the two crossings."
    ),
    "health_cluster": gettext_lazy(
        "%(travellers)s travellers who came from %(origin)s were sent to the second line for their"
        " health within %(hours)s hours. That is no diagnosis: tell the health service."
    ),
}
_TWO_KINDS = gettext_lazy(
    "One plate was opened as two kinds of vehicle: %(first_what)s at %(first)s (%(first_at)s) and"
    " %(second_what)s at %(second)s (%(second_at)s). A plate may be copied or typed wrongly, and two"
    " States may give the same one: look at the vehicle."
)
_TWO_COMPANIES = gettext_lazy(
    "One plate was opened as the bus of two companies, at %(first)s (%(first_at)s) and at %(second)s"
    " (%(second_at)s). A plate may be copied or typed wrongly, and a bus may have been sold: look at"
    " its papers."
)
WordsOfCause = Callable[[Mapping[str, str]], str]
WordsOfEdition = Callable[[str], str]
RULES: Mapping[str, _StrPromise] = {
    "silent_post": pgettext_lazy("rule", "Silent post"),
    "impossible_travel": pgettext_lazy("rule", "Impossible travel"),
    "health_cluster": pgettext_lazy("rule", "Health cluster"),
    "same_plate": pgettext_lazy("rule", "The same plate twice"),
    "surge": pgettext_lazy("rule", "Surge"),
}
"""The names of the rules that stand in the published file."""


def word_same_plate(cause: Mapping[str, str]) -> str:
    """Why one plate is suspicious, without the plate and the companies: the link has it."""
    kinds = [cause["first_what"], cause["second_what"]]
    if kinds[0] == kinds[1]:
        return str(_TWO_COMPANIES) % cause
    named = [str(CONVEYANCES.get(code, code)) for code in kinds]
    return str(_TWO_KINDS) % {**cause, "first_what": named[0], "second_what": named[1]}


_WORDED: dict[str, WordsOfCause] = {"same_plate": word_same_plate}
"""Rules whose words depend on what they saw; rooms above add theirs."""
_NAMED: dict[str, tuple[_StrPromise, WordsOfEdition]] = {}
"""Rules of rooms above: their names, and how the edition that they are of is told."""
_REFUSALS: Mapping[str, _StrPromise] = {
    "incident.unknown": gettext_lazy("There is no such incident here."),
    "incident.saved_already": gettext_lazy(
        "This form was saved already, with something else in it. Load the page again."
    ),
    "incident.in_future": gettext_lazy("That lies in the future: look at day and time again."),
    "incident.too_old": gettext_lazy(
        "Only what happened in the last %(years)s years can be reported."
    ),
    "incident.away_from_nowhere": gettext_lazy(
        "From which place is that far? Name a village or another place."
    ),
    "incident.nothing_new": gettext_lazy("Nothing new was said. Nothing was saved."),
    "incident.closed": gettext_lazy(
        "This incident is closed. Comment on it, or open it again with a reason."
    ),
    "incident.open": gettext_lazy("This incident is open already."),
    "incident.without_outcome": gettext_lazy("Choose how the incident ended."),
    "incident.without_other": gettext_lazy(
        "Choose the other incident that this one is the same as. They are linked."
    ),
    "incident.other_is_duplicate": gettext_lazy(
        "That incident is itself closed as the same as another one. Choose the one that is left."
    ),
    "incident.words_missing": gettext_lazy("Say it in words: at least %(least)s characters."),
    "link.unknown": gettext_lazy(
        "A crossing or an incident that you chose is not known here any more. Load the page again."
    ),
    "link.too_many": gettext_lazy("At most %(most)s of each can be linked at once."),
    "plate.not_one": gettext_lazy(
        "A plate has at most %(most)s letters and figures. Put a comma between two plates."
    ),
}


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    if said := refusal_of_pictures(refused):
        return said
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence) % refused.params


def word_place(where: Place | None) -> str:
    """Where it happened, in a line; empty where nothing was said of that."""
    if where is None:
        return ""
    parts = [where.name]
    if where.away is not None:
        far = {"km": localize(round(where.away.kilometres, 1)), "place": where.name}
        parts = [str(_FAR[where.away.bearing]) % far]
    if where.point is not None:
        parts.append(f"{where.point.latitude:.4f}, {where.point.longitude:.4f}")
    return " · ".join(part for part in parts if part)


def register_cause(rule: str, words: WordsOfCause) -> None:
    """A room above has a rule of its own; ``words`` may raise `KeyError` for a cause that does not fit."""
    _WORDED[rule] = words


def register_rule(rule: str, name: _StrPromise, edition: WordsOfEdition) -> None:
    """A room above raises incidents by data of its own. ``edition``: in words, empty where not known here."""
    _NAMED[rule] = name, edition


def word_rule(rule: str, edition: str) -> str:
    """By which rule, of which edition; the bare code where a newer version wrote it."""
    name, of = _NAMED.get(rule, (RULES.get(rule, rule), str))
    parts = {"rule": str(name), "edition": of(edition)}
    if not parts["edition"]:
        return _("Rule: %(rule)s.") % parts
    return _("Rule: %(rule)s, %(edition)s.") % parts


def word_people(number: int) -> str:
    """How many people are involved."""
    said = ngettext("%(number)s person", "%(number)s people", number)
    return said % {"number": number}


def word_cause(rule: str, cause: Mapping[str, str]) -> str:
    """What a rule saw; the bare code and values where a newer version wrote it, or they do not fit."""
    sentence = _CAUSES.get(rule)
    worded = _WORDED.get(rule)
    if worded is not None or sentence is not None:
        try:
            return worded(cause) if worded is not None else str(sentence) % cause
        except KeyError:  # another version of the rule said other things
            pass
    values = ", ".join(f"{name} {value}" for name, value in sorted(cause.items()))
    return _("Rule %(rule)s: %(values)s") % {"rule": rule, "values": values}


def word(words: Mapping[str, _StrPromise], code: str) -> str:
    """The word for a code; the code itself where a newer node wrote it."""
    return str(words.get(code, code))
