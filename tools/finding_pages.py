"""Write the pages of the codes of findings, docs/integrators/findings.en.md and constats.fr.md, anew.

    PYTHONPATH=src .venv/bin/python tools/finding_pages.py

The sentences are those of the program: a test holds the pages against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from openmidas.documents.commands.chip_findings import FINDINGS as CHIPS
from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.documents.commands.seal_words import SEAL_FINDINGS
from openmidas.documents.commands.words import FINDINGS as ZONES
from openmidas.documents.commands.words import IMAGE_ERRORS
from openmidas.documents.reading import INFORMATIVE

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "integrators"
PAGES: tuple[tuple[str, Language], ...] = (("constats.fr.md", "fr"), ("findings.en.md", "en"))
_TITLE: Both = (
    "# Codes of findings\n\nFor those whose programs [read travel documents](reading.en.md). "
    "[En français](constats.fr.md)\n\nEvery code in `findings`, with its sentence; what stands in braces is "
    "put in from `params`. Written by `tools/finding_pages.py` from the program's own words.",
    "# Codes des constats\n\nPour ceux dont les programmes [lisent des documents de voyage](lecture.fr.md). "
    "[In English](findings.en.md)\n\nChaque code de `findings`, avec sa phrase ; ce qui est entre accolades "
    "vient de `params`. Écrit par `tools/finding_pages.py` d’après les mots mêmes du programme.",
)
_HEAD: Both = ("| code | sentence |", "| code | phrase |")
_INFORMATIVE: Both = ("`ok` stays true", "`ok` reste vrai")
_PARTS: tuple[tuple[Both, Mapping[str, Both]], ...] = (
    (("Machine readable zones", "Zones de lecture automatique"), ZONES),
    (("Pictures: `CannotReadImage.code`", "Images : `CannotReadImage.code`"), IMAGE_ERRORS),
    (("Seals", "Cachets"), SEAL_FINDINGS),
    (
        ("Chips, certificates and master lists", "Puces, certificats et listes de référence"),
        CHIPS,
    ),
)


def page(language: Language) -> str:
    """The page in one language."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield in_language(_TITLE, language)
    for title, findings in _PARTS:
        yield f"\n## {in_language(title, language)}\n"
        yield in_language(_HEAD, language)
        yield "|---|---|"
        for code, both in findings.items():
            remark = ""
            if findings is ZONES and code in INFORMATIVE:
                remark = f" ({in_language(_INFORMATIVE, language)})"
            yield f"| `{code}` | {in_language(both, language)}{remark} |"


if __name__ == "__main__":
    for name, language in PAGES:
        (FOLDER / name).write_text(page(language), encoding="utf-8")
