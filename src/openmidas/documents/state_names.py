"""Names of States and organisations, and the way back from a name as lists write it to its code."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import get_global

from openmidas.documents.state_tables import NAMES_OWN, PREFIXES, SPELLINGS
from openmidas.documents.states import DOCUMENT_CODES, ISO_3166_1, is_state

StateLocale = Literal["fr", "en", "ar", "pt"]
STATE_LOCALES: tuple[StateLocale, ...] = ("fr", "en", "ar", "pt")

# Codes of Doc 9303 that the Unicode data know under a two-letter code of their own.
_TERRITORIES = {"D": "DE", "RKS": "XK", "EUE": "EU", "UNO": "UN"}

_NOT_LETTERS = re.compile(r"[^\w]+")


def state_name(code: str, locale: StateLocale) -> str | None:
    """The name of a State or organisation in a language, or None for a code that is not known.

    `DEU` is understood beside `D`. The codes that only documents have are named in French and
    English; Arabic and Portuguese then get the English name.
    """
    territory = _territory(code)
    if territory is not None:
        return _territory_names(locale).get(territory)
    own = NAMES_OWN.get(code)
    if own is None:
        return None
    return own[1] if locale == "fr" else own[0]


def alpha3(name_or_code: str) -> str | None:
    """The code that documents use for a State, from a name or a code; None when not known.

    Takes names as the United Nations and others write them ("Iran (Islamic Republic of)"), in
    English, French, Arabic or Portuguese, whatever the case and the accents, and ISO 3166-1 codes
    in capitals. Germany is `D`, as in documents. `NA` is not taken for Namibia: on lists it says
    "not available".
    """
    text = name_or_code.strip()
    if text == "DEU":
        return "D"
    if is_state(text):
        return text
    if text != "NA" and text in _codes_by_territory():
        return _codes_by_territory()[text]
    folded = _fold(text)
    known = _codes_by_name()
    found = known.get(folded)
    if found is not None:
        return found
    for prefix in PREFIXES:
        if folded.startswith(prefix):
            return known.get(folded.removeprefix(prefix).removeprefix("the "))
    return None


def _territory(code: str) -> str | None:
    if code in _TERRITORIES:
        return _TERRITORIES[code]
    if code not in ISO_3166_1:
        return None
    return str(get_global("territory_aliases")[code][0])


@lru_cache(maxsize=len(STATE_LOCALES))
def _territory_names(locale: StateLocale) -> dict[str, str]:
    return dict(Locale(locale).territories)


@lru_cache(maxsize=1)
def _codes_by_territory() -> dict[str, str]:
    codes = {}
    for code in DOCUMENT_CODES:
        territory = _territory(code)
        if territory is not None:
            codes[territory] = code
    return codes


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    """Every name known, folded. Names of this project's own table win."""
    names = {}
    for locale in STATE_LOCALES:
        for code in DOCUMENT_CODES:
            name = state_name(code, locale)
            if name is not None:
                names[_fold(name)] = code
    for code, spellings in SPELLINGS.items():
        for spelling in spellings:
            names[_fold(spelling)] = code
    return names


def _fold(name: str) -> str:
    """Small letters without accents, words separated by one space, no leading article."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
        if not unicodedata.combining(character)
    )
    words = ["saint" if word == "st" else word for word in _NOT_LETTERS.sub(" ", bare).split()]
    return " ".join(words[1:] if words[:1] == ["the"] else words)
