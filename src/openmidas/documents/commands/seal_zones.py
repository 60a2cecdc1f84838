"""Whether the machine readable zone that is to be sealed is right: a signature would vouch for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown
from openmidas.documents.commands.seal_words import SEAL_COMMAND
from openmidas.documents.commands.words import word_finding
from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import FormatName
from openmidas.documents.seals.profiles import Coding, Profile

_FORMATS: Mapping[Coding, FormatName] = {
    Coding.MRZ_TD2: "TD2",
    Coding.MRZ_MRV_A: "MRV-A",
    Coding.MRZ_MRV_B: "MRV-B",
}


def wrong_zones(
    profile: Profile, fields: Mapping[str, str], today: date, language: Language
) -> Iterator[str]:
    """What speaks against the zones of a seal, a sentence each; ``today`` decides the centuries."""
    for feature in profile.features:
        wanted = _FORMATS.get(feature.coding)
        if wanted is None or feature.name not in fields:
            continue
        reading = read_mrz(fields[feature.name], today=today)
        if reading.format not in (wanted, None):
            said = in_language(SEAL_COMMAND["zone_format"], language)
            yield said.format(field=feature.name, wanted=wanted, read=reading.format)
        for found in reading.findings:
            if not found.informative:
                line = about(found.field, word_finding(found, language), found.paragraph, language)
                yield shown(f"{feature.name}, {line.strip()}")
