"""The words for the codes of this room, in the language of the page."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast, get_args

from django.utils.functional import Promise
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from openmidas.crossings.cards import CardEnd
from openmidas.crossings.entries import (
    AdmissionReason,
    CountReason,
    HandedTo,
    OpenHitReason,
    Outcome,
    ReferralReason,
    RefusalReason,
)
from openmidas.crossings.inspection import Conveyance, Direction, HowRead, Purpose, State
from openmidas.documents import state_name
from openmidas.documents.states import ISO_3166_1, PERSONS_WITHOUT_NATIONALITY

Words = str | Promise
StateLocale = Literal["fr", "en", "ar", "pt"]

STATES: dict[str, Words] = {
    State.CLEAR: pgettext_lazy("state", "Clear"),
    State.LOOK: pgettext_lazy("state", "Look closer"),
    State.STOP: pgettext_lazy("state", "Stop"),
}
DIRECTIONS: dict[str, Words] = {
    Direction.ENTRY: pgettext_lazy("direction", "Entry"),
    Direction.EXIT: pgettext_lazy("direction", "Exit"),
}
PURPOSES: dict[str, Words] = {
    Purpose.FAMILY: _("Family"),
    Purpose.TRADE: _("Trade"),
    Purpose.WORK: _("Work"),
    Purpose.SEASONAL_WORK: _("Seasonal work"),
    Purpose.STUDY: _("Study"),
    Purpose.HEALTH: _("Health"),
    Purpose.TOURISM: _("Tourism"),
    Purpose.TRANSIT: _("Transit"),
    Purpose.DISPLACEMENT: _("Displacement"),
    Purpose.RESIDENT: _("Border resident, everyday life"),
    Purpose.OTHER: pgettext_lazy("purpose", "Other"),
}
# Those that a lane offers: border residents' own comes with the card, and statistics tell them by it.
LANE_PURPOSES = {code: words for code, words in PURPOSES.items() if code != Purpose.RESIDENT}
CONVEYANCES: dict[str, Words] = {
    Conveyance.FOOT: _("On foot"),
    Conveyance.MOTORCYCLE: _("Motorcycle"),
    Conveyance.CAR: _("Car"),
    Conveyance.BUS: _("Bus"),
    Conveyance.TRUCK: _("Lorry"),
    Conveyance.BICYCLE: _("Bicycle"),
    Conveyance.ANIMAL: _("Animal"),
    Conveyance.BOAT: _("Boat"),
}
HOW_READ: dict[str, Words] = {
    HowRead.MRZ: _("read by machine"),
    HowRead.SERIAL: _("read by machine, on a serial line"),
    HowRead.PROGRAM: _("read by machine, brought by a program of the workstation"),
    HowRead.CAMERA: _("read by camera"),
    HowRead.CHECKED: _("read by camera, checked by the officer"),
    HowRead.TYPED: _("typed by hand"),
    HowRead.RESIDENT: _("known at this post"),
}
SEXES: dict[str, Words] = {
    "F": pgettext_lazy("sex", "Female"),
    "M": pgettext_lazy("sex", "Male"),
    "X": pgettext_lazy("sex", "Unspecified"),
}
# How one field of a listing compares with the traveller's (`openmidas.screening.How`).
COMPARED: dict[str, Words] = {
    "all_parts": _("agrees"),
    "some_parts": _("agrees in part"),
    "same": _("agrees"),
    "same_day": _("agrees"),
    "same_period": _("agrees, as far as known"),
    "swapped": _("day and month change places"),
    "one_figure": _("differs in one figure"),
    "near": _("close"),
    "different": _("differs"),
    "other_issuer": _("same number, other State"),
    "not_known": _("not stated"),
}
FIELDS: dict[str, Words] = {
    "name": _("name"),
    "surname": _("surname"),
    "given_names": _("given names"),
    "birth": _("birth date"),
    "sex": _("sex"),
    "nationality": _("nationality"),
    "number": _("document number"),
    "expiry": _("expiry date"),
    "optional": _("optional data"),
    "composite": _("whole document"),
    "document_code": _("kind of document"),
    "issuer": _("issuing State"),
    "lines": _("lines"),
    "origin": _("place of departure"),
    "destination": _("place of arrival"),
    "note": _("note"),
    "plate": _("plate"),
    "company": _("company"),
    "place": _("place"),
    "certificate": _("certificate"),
}
RULES: dict[str, Words] = {
    "national": _("national of this State"),
    "ecowas": _("ECOWAS protocol on free movement"),
    "aes": _("free movement in the AES"),
    "ecowas_in_aes": _("ECOWAS nationals in the AES, until further notice"),
    "aes_in_ecowas": _("AES nationals in ECOWAS, until further notice"),
}
REFERRAL_REASONS: dict[str, Words] = {
    ReferralReason.FINDINGS: _("what the checks found"),
    ReferralReason.DOCUMENT_DOUBT: _("doubt about the document"),
    ReferralReason.IDENTITY_DOUBT: _("doubt about the person"),
    ReferralReason.MINOR: _("child at risk"),
    ReferralReason.PROTECTION: _("asks for protection"),
    ReferralReason.HEALTH: _("health"),
    ReferralReason.ASKED: _("asked by the second line"),
    ReferralReason.OTHER: pgettext_lazy("referral", "other"),
}
KEPT_APART = _("a reason that its compartment knows")
REASONS_APART: dict[str, Words] = {
    **REFERRAL_REASONS,
    ReferralReason.PROTECTION: KEPT_APART,
    ReferralReason.HEALTH: KEPT_APART,
}
"""The same where no compartment was asked: that somebody asks for protection, or is ill, is not said."""
REFUSAL_REASONS: dict[str, Words] = {
    RefusalReason.NO_VALID_DOCUMENT: _("No valid travel document"),
    RefusalReason.FALSE_DOCUMENT: _("False or altered document"),
    RefusalReason.NO_VISA: _("No valid visa or permit of residence"),
    RefusalReason.PURPOSE_NOT_SHOWN: _("Purpose of the stay not shown"),
    RefusalReason.STAY_USED_UP: _("Stay used up"),
    RefusalReason.LIST: _("On a list for refusal of entry"),
    RefusalReason.THREAT: _("Threat to public order, security or health"),
    RefusalReason.BORDER_CLOSED: _("Border closed, no exemption"),
    RefusalReason.MINOR_UNACCOMPANIED: _("Child without a responsible adult"),
}
ADMISSION_REASONS: dict[str, Words] = {
    AdmissionReason.CLEAR: _("Nothing found"),
    AdmissionReason.FINDINGS_CONSIDERED: _("Findings considered, nothing against it"),
    AdmissionReason.NOT_THE_PERSON: _("Not the listed person"),
    AdmissionReason.DOCUMENT_ACCEPTED: _("Document examined and accepted"),
    AdmissionReason.EXEMPT: _("Exempt from the rule or closure"),
    AdmissionReason.HUMANITARIAN: _("Humanitarian grounds"),
}
# Those that an officer of the second line chooses from: nobody comes there with nothing found.
ADMISSION_CHOICES = {
    code: words for code, words in ADMISSION_REASONS.items() if code != AdmissionReason.CLEAR
}
HANDED_TO: dict[str, Words] = {
    HandedTo.POLICE: _("Police or gendarmerie"),
    HandedTo.JUSTICE: _("Prosecutor or court"),
    HandedTo.CUSTOMS: _("Customs"),
    HandedTo.HEALTH: _("Health service"),
    HandedTo.CHILD_PROTECTION: _("Child protection service"),
    HandedTo.PROTECTION: _("Authority or organisation for protection"),
    HandedTo.CONSULATE: _("Consulate, at the person's wish"),
    HandedTo.OTHER: pgettext_lazy("handed over", "Other: say it in the note"),
}
OPEN_HIT_REASONS: dict[str, Words] = {
    OpenHitReason.HEADQUARTERS: _("Headquarters lets them cross"),
    OpenHitReason.EMERGENCY: _("Emergency: life or health"),
    OpenHitReason.DANGER: _("Danger at the post: nobody can wait"),
    OpenHitReason.NOT_COMPARABLE: _("The hit cannot be compared here"),
    OpenHitReason.OTHER: pgettext_lazy("open hit", "Other: say it in the note"),
}
OUTCOMES: dict[str, Words] = {
    Outcome.ADMITTED: _("Admitted"),
    Outcome.REFUSED: _("Refused"),
    Outcome.HANDED_OVER: _("Handed over"),
    "referred": _("Referred"),
}
CARD_ENDS: dict[str, Words] = {
    CardEnd.LOST: _("lost or stolen"),
    CardEnd.REPLACED: _("another card was given"),
    CardEnd.MOVED: _("the holder moved away"),
    CardEnd.DIED: _("the holder has died"),
    CardEnd.MISUSED: _("lent, sold or misused"),
    CardEnd.MISTAKE: _("registered by mistake"),
    CardEnd.ASKED: _("the holder asked for it"),
    CardEnd.OTHER: pgettext_lazy("card", "other: said in the note"),
}
COUNT_REASONS: dict[str, Words] = {
    CountReason.CROWD: _("crowd"),
    CountReason.POWER: _("no power"),
    CountReason.EMERGENCY: _("emergency"),
    CountReason.OTHER: pgettext_lazy("count", "other"),
}
# The first letter of Doc 9303's document codes, which Doc 9303 leaves to States for the rest.
DOCUMENT_KINDS: dict[str, Words] = {
    "P": _("Passport"),
    "I": _("Identity card"),
    "A": _("Travel card"),
    "C": _("Travel card"),
    "V": _("Visa"),
    "R": _("Border resident’s card"),
    "O": _("Other document"),
}
# What the form for travellers without a readable document offers.
TYPED_DOCUMENTS: dict[str, Words] = {
    "": _("No document"),
    "P": DOCUMENT_KINDS["P"],
    "I": DOCUMENT_KINDS["I"],
    "A": DOCUMENT_KINDS["A"],
    "O": DOCUMENT_KINDS["O"],
}
# Where most travellers of the region come from: offered first.
REGION = frozenset(
    {
        "BEN",
        "BFA",
        "CIV",
        "CMR",
        "CPV",
        "DZA",
        "GHA",
        "GIN",
        "GMB",
        "GNB",
        "LBR",
        "LBY",
        "MAR",
        "MLI",
        "MRT",
        "NER",
        "NGA",
        "SEN",
        "SLE",
        "TCD",
        "TGO",
    }
)
# Short names of what checks are made with; rule sets have their own title as code.
EDITIONS: dict[str, Words] = {
    "un": _("UN list"),
    "lost": _("Lost documents"),
    "West Africa: ECOWAS and AES": _("West Africa: ECOWAS and AES"),
}


def document_kind(code: str) -> Words:
    """What kind of document a document code means."""
    return DOCUMENT_KINDS.get(code[:1], DOCUMENT_KINDS["O"])


class Choices(NamedTuple):
    """States to choose from, by code and name: those of the region first, then all."""

    region: list[tuple[str, str]]
    world: list[tuple[str, str]]


def states_to_choose() -> Choices:
    """The States of the region and of the world, by name in the language of the page."""
    return _states_in((get_language() or "fr").split("-")[0])


@cache
def _states_in(language: str) -> Choices:
    codes = (ISO_3166_1 - {"DEU"}) | {"D", "RKS"} | PERSONS_WITHOUT_NATIONALITY
    with override(language):
        named = sorted(((code, state_in_words(code)) for code in codes), key=lambda pair: pair[1])
    region = [pair for pair in named if pair[0] in REGION]
    return Choices(region, [pair for pair in named if pair[0] not in REGION])


BLOCS: dict[str, Words] = {"ECOWAS": _("ECOWAS"), "AES": _("AES")}


def bloc_in_words(code: str) -> str:
    """The short name of a community of States; its code where it has no other."""
    return str(BLOCS.get(code, code))


def state_in_words(code: str) -> str:
    """The name of a State in the language of the page; its code where there is no name."""
    language = (get_language() or "fr").split("-")[0]
    locale = cast(StateLocale, language if language in get_args(StateLocale) else "en")
    return state_name(code, locale) or code
