"""The codes of this room in words: signs, contact, the word for others, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from openmidas.crossings.wording import refusal as refusal_of_crossings
from openmidas.health import contacts
from openmidas.health.contacts import Own, Why
from openmidas.health.definitions import Definition, DefinitionsError, Named, Symptom
from openmidas.health.entries import Contact, Word
from openmidas.health.publishing import editions
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WAIT = "wait"
"""The word on who has no other: health has not finished with them."""
SYMPTOMS: Mapping[Symptom, _StrPromise] = {
    Symptom.FEVER: pgettext_lazy("symptom", "Fever"),
    Symptom.COUGH: pgettext_lazy("symptom", "Cough"),
    Symptom.BREATHING: pgettext_lazy("symptom", "Breathes with difficulty"),
    Symptom.BLEEDING: pgettext_lazy("symptom", "Bleeding without a wound"),
    Symptom.RASH: pgettext_lazy("symptom", "Rash"),
    Symptom.VOMITING: pgettext_lazy("symptom", "Vomiting"),
    Symptom.DIARRHOEA: pgettext_lazy("symptom", "Watery diarrhoea"),
    Symptom.JAUNDICE: pgettext_lazy("symptom", "Yellow eyes or skin"),
    Symptom.STIFF_NECK: pgettext_lazy("symptom", "Stiff neck"),
    Symptom.HEADACHE: pgettext_lazy("symptom", "Headache"),
    Symptom.PAIN: pgettext_lazy("symptom", "Pain in muscles, joints or belly"),
    Symptom.RED_EYES: pgettext_lazy("symptom", "Red eyes"),
    Symptom.WEAKNESS: pgettext_lazy("symptom", "Great weakness"),
    Symptom.OTHER: pgettext_lazy("symptom", "Other: say it in words"),
}
CONTACTS: Mapping[Contact, _StrPromise] = {
    Contact.YES: pgettext_lazy("contact with the sick", "Yes"),
    Contact.NO: pgettext_lazy("contact with the sick", "No"),
    Contact.UNKNOWN: pgettext_lazy("contact with the sick", "Not known"),
}
WORDS: Mapping[str, _StrPromise] = {
    Word.GO_ON: gettext_lazy("Health: may go on"),
    Word.STAYS: gettext_lazy("Health: stays with the health service"),
    WAIT: gettext_lazy("Health: wait"),
}
"""All that the lane and the interview room are told."""
LOOKS: Mapping[str, str] = {Word.GO_ON: "clear", Word.STAYS: "look", WAIT: "look"}
WHY: Mapping[Why, _StrPromise] = {
    Why.CONVEYANCE: pgettext_lazy("contact", "Same vehicle"),
    Why.GROUP: pgettext_lazy("contact", "Same group"),
    Why.LANE: pgettext_lazy("contact", "Same lane"),
}
_REFUSALS: Mapping[str, _StrPromise] = {
    "health.not_yours": gettext_lazy(
        "You are not in the medical compartment. Its members check travellers."
    ),
    "health.nothing_said": gettext_lazy(
        "Nothing was said yet: a temperature, a sign, a contact, a place or words."
    ),
    "health.temperature": gettext_lazy(
        "A temperature lies between %(low)s and %(high)s °C. Measure again."
    ),
    "health.places": gettext_lazy("At most %(most)s places."),
    "health.days": gettext_lazy("How many days ago: from 0 (today) to %(most)s."),
    "health.visit": gettext_lazy("To each place belongs how many days ago, and to each a place."),
    "health.other": gettext_lazy("Say in words what the other sign is."),
    "health.word_missing": gettext_lazy("Choose what the others are told."),
    "health.unchecked": gettext_lazy("Nobody has checked this traveller yet: check first."),
}
_DEFINITIONS: Mapping[str, _StrPromise] = {
    "malformed": gettext_lazy("These are no alert definitions: %(reason)s"),
    "twice": gettext_lazy("%(place)s stands there twice."),
    "unprintable": gettext_lazy("%(place)s: there are signs that cannot be shown."),
    "no_alert": gettext_lazy("%(place)s: only what is high or critical is an alert."),
    "too_many": gettext_lazy("%(place)s asks for more signs than it names."),
    "in_future": gettext_lazy("These definitions are dated %(dated)s: that lies in the future."),
    "empty": gettext_lazy("%(place)s names no sign: every check would meet it."),
}


def word_sign(code: str) -> str:
    """What others are told; the code itself where a newer version wrote it."""
    return str(WORDS.get(code, code))


def word_symptom(code: str) -> str:
    """A sign in words; the code itself where a newer version wrote it."""
    return str(SYMPTOMS[Symptom(code)]) if code in set(Symptom) else code


def word_contact(code: str) -> str:
    """Whether there was contact; the code itself where a newer version wrote it."""
    return str(CONTACTS[Contact(code)]) if code in set(Contact) else code


def name_of(named: Named) -> str:
    """The name of a definition in the language of the page; French where it has none."""
    return named.en if _in_english() else named.fr


def word_definition(error: DefinitionsError) -> str:
    """Why a file of definitions cannot be taken."""
    return str(_DEFINITIONS[error.code]) % error.params


def word_rule(one: Definition) -> str:
    """What meets a definition, in a sentence of signs."""
    needs = [str(SYMPTOMS[sign]) for sign in one.needs]
    if one.any_of:
        among = ", ".join(str(SYMPTOMS[sign]) for sign in one.any_of)
        needs.append(_("at least %(least)s of: %(signs)s") % {"least": one.least, "signs": among})
    return " + ".join(needs)


def word_exposure(one: Definition, days: int) -> str:
    """The exposure that a definition asks for; empty where it asks for none."""
    said = []
    if one.places:
        said.append(
            _("was within %(days)s days in: %(places)s")
            % {"days": days, "places": ", ".join(one.places)}
        )
    if one.contact:
        said.append(_("was within %(days)s days with a sick or dead person") % {"days": days})
    return _(" or ").join(said)


def word_alert(cause: Mapping[str, str]) -> str:
    """What an alert says. At a post not which definition: there it would tell a traveller's illness."""
    if this_node().is_hq:
        name = cause["en"] if _in_english() else cause["fr"]
        return _(
            "A health check meets the alert definition “%(name)s”. That is no diagnosis. Who it is"
            " about, the medical compartment reads under Health checks: tell the health service now."
        ) % {"name": name}
    return _(
        "A health check meets an alert definition. That is no diagnosis. What it is about, the medical"
        " compartment reads under Health checks: tell the health service now."
    )


def word_fever(cause: Mapping[str, str]) -> str:
    """What a cluster of fever says. Raises `KeyError` for a cause that does not fit."""
    return _(
        "%(travellers)s travellers who came from %(origin)s were found with fever within %(hours)s"
        " hours. That is no diagnosis: tell the health service."
    ) % {name: cause[name] for name in ("travellers", "origin", "hours")}


RULES: Mapping[str, _StrPromise] = {
    "health_alert": pgettext_lazy("rule", "Health alert"),
    "fever_cluster": pgettext_lazy("rule", "Fever cluster"),
}
"""What raises incidents here, by the codes of `health.raising`."""


def word_edition(edition: str) -> str:
    """Which alert definitions raised an incident, by their date; empty where they are not here."""
    try:
        id = UUID(edition)
    except ValueError:  # another version names them in another way
        return ""
    said = editions({id}).get(id)
    return _("definitions of %(dated)s") % {"dated": said.dated.isoformat()} if said else ""


def cut_own(own: Own) -> str:
    """That not all crossings of a traveller were looked at; empty where all were."""
    if not own.cut:
        return ""
    return _(
        "The list is cut: of the traveller's crossings only the %(number)s nearest to this one are looked"
        " at, from %(since)s to %(until)s. Ask for fewer days."
    ) % {"number": len(own.rows), "since": _minute(own.since), "until": _minute(own.until)}


def cut_lines(found: Sequence[contacts.Contact]) -> str:
    """That a table could not hold all contacts, and which it holds."""
    return _(
        "The table is cut: it holds the first %(number)s contacts, from %(since)s to %(until)s. Ask for"
        " fewer days."
    ) % {
        "number": len(found),
        "since": _minute(found[0].row.at),
        "until": _minute(found[-1].row.at),
    }


def _minute(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def refusal(refused: Refused) -> str | SafeString:
    """Why something is not possible now."""
    sentence = _REFUSALS.get(refused.code)
    return refusal_of_crossings(refused) if sentence is None else str(sentence) % refused.params


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
