"""Names of the UN list: up to four parts, aliases, and what people write into an alias field.

One alias field may hold several names ("A; B; C"), one name in two scripts ("Jin Tiesan (金铁三)"),
a remark ("(birth name)") or a birth ("..., born in 1963"). Each is taken apart; the remark is kept.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from openmidas.screening.formats.report import Report
from openmidas.screening.listings import Detail, ListedName, Quality
from openmidas.screening.names import script_of

NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
ALIAS_FIELDS = (
    "QUALITY",
    "ALIAS_NAME",
    "NOTE",
    "DATE_OF_BIRTH",
    "CITY_OF_BIRTH",
    "COUNTRY_OF_BIRTH",
)
_QUALITIES: dict[str, Quality] = {"Good": "good", "Low": "low", "a.k.a.": "good", "f.k.a.": "good"}
_SEPARATOR = re.compile(r"\s*;\s*|\s+[a-z]\)\s+")
_BORN = re.compile(r",?\s+born\s.*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_SCRIPT_NOTE = re.compile(
    r"(?:original script|in arabic(?: script)?)\s*:\s*([^.;]+)", re.IGNORECASE
)
_QUOTES = '"“”„«» ,.)'


def primary_name(fields: dict[str, str]) -> list[ListedName]:
    """The name that the listing leads with, out of its four parts."""
    text = " ".join(fields[part] for part in NAME_PARTS if part in fields)
    return [ListedName(text, "primary", script_of(text))] if text else []


def original_names(text: str) -> list[ListedName]:
    """The names in the field NAME_ORIGINAL_SCRIPT."""
    return [ListedName(name, "good", script_of(name)) for name in _split(text)]


class Alias:
    """What one alias element holds: names, a birth text and details."""

    def __init__(self, element: Element, report: Report) -> None:
        fields = report.fields(element, ALIAS_FIELDS)
        self.birth = fields.get("DATE_OF_BIRTH", "")
        self.note = fields.get("NOTE", "")
        self.names: list[ListedName] = []
        self.details: list[Detail] = []
        raw = fields.get("ALIAS_NAME", "")
        quality = self._quality(fields, element.tag, report)
        for text in _alias_texts(raw, self.note):
            self.names.append(ListedName(text, quality, script_of(text)))
        self._keep(raw, fields)

    def _quality(self, fields: dict[str, str], tag: str, report: Report) -> Quality:
        text = fields.get("QUALITY", "")
        if text in _QUALITIES:
            return _QUALITIES[text]
        if text:
            report.add(f"{tag}/QUALITY", "unknown_value", text)
        return "good"  # not to miss anybody over a missing word

    def _keep(self, raw: str, fields: dict[str, str]) -> None:
        if raw and [name.text for name in self.names] != [raw]:
            self.details.append(Detail("note", raw))
        named = fields.get("ALIAS_NAME", "")
        if self.note:
            self.details.append(Detail("note", f"{named}: {self.note}" if named else self.note))
        place = [fields[part] for part in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH") if part in fields]
        if place:
            self.details.append(Detail("birth_place", ", ".join(place)))


def _alias_texts(raw: str, note: str) -> list[str]:
    texts: list[str] = []
    for piece in _SEPARATOR.split(_protect_brackets(raw)):
        texts += _split(piece.replace("\0", ";"))
    match = _SCRIPT_NOTE.search(note)
    if match:
        texts += [match[1].strip()]
    return list(dict.fromkeys(text for text in texts if text))


def _protect_brackets(text: str) -> str:
    return _BRACKETS.sub(lambda match: match[0].replace(";", "\0"), text)


def _split(text: str) -> list[str]:
    """The names in one text: what stands outside brackets, and inside them in another script."""
    outside = _BORN.sub("", _BRACKETS.sub(" ", text))
    names = _by_script(outside)
    scripts = {script_of(name) for name in names}
    for inside in _BRACKETS.findall(text):
        for piece in inside.split(";"):
            spelled = _SCRIPT_NOTE.sub(r"\1", piece)
            if script_of(spelled) not in scripts | {"Zyyy"}:
                names += _by_script(spelled)
    return names


def _by_script(text: str) -> list[str]:
    """Cut a text where Latin letters give way to others: "Agha Jan اغا جان" is two names."""
    runs: list[tuple[bool, list[str]]] = []
    for word in text.split():
        latin = script_of(word) in ("Latn", "Zyyy")
        if runs and runs[-1][0] == latin:
            runs[-1][1].append(word)
        else:
            runs.append((latin, [word]))
    names = (" ".join(words).strip(_QUOTES) for _, words in runs)
    return [name for name in names if any(char.isalnum() for char in name)]
