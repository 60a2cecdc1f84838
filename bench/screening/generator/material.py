"""The names that people are made of: what `names/*.txt` hold, by section.

Of what seeds for tuning see, every fourth name is held back: whoever tunes on them has never met a
quarter of the names that the figures are taken with.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

Register = Literal["fr", "en", "pt"]
REGISTERS: tuple[Register, ...] = ("fr", "en", "pt")
_FOLDER = Path(__file__).parent / "names"
_HELD_BACK = 4
_OFFICIAL = 0.7
_STEEP = 1.25
"""The rough weights of the files are flatter than life: in Guinea, four names bear a third of all."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in all its spellings; `arabic` is empty where the rules of `arabic` are to write it."""

    weight: float
    forms: Mapping[Register, tuple[str, ...]]
    arabic: str

    @property
    def drawn(self) -> float:
        """How often it is drawn, beside the others of its section."""
        return float(self.weight**_STEEP)

    def spelled(self, register: Register, chance: Random) -> str:
        """A spelling that officials of this language use; the first of them mostly."""
        forms = self.forms.get(register) or self.forms["fr"]
        return forms[0] if chance.random() < _OFFICIAL else chance.choice(forms)

    def otherwise(self, spelling: str, chance: Random) -> str:
        """Another spelling of it, of any language; the same where there is none."""
        every = dict.fromkeys(form for forms in self.forms.values() for form in forms)
        others = [form for form in every if form != spelling]
        return chance.choice(others) if others else spelling


@dataclass(frozen=True, slots=True)
class Section:
    """Names of one kind, drawn by how many bear them."""

    names: tuple[Name, ...]

    def draw(self, chance: Random) -> Name:
        """A name; a few are drawn again and again, as in life."""
        return chance.choices(self.names, [name.drawn for name in self.names])[0]


@cache
def surnames(*, all_names: bool) -> Mapping[str, Section]:
    """Surnames by people."""
    return _read("surnames.txt", all_names)


@cache
def given_names(*, all_names: bool) -> Mapping[str, Section]:
    """Given names by tradition and sex ("muslim female")."""
    return _read("given.txt", all_names)


def _read(file: str, all_names: bool) -> dict[str, Section]:
    sections: dict[str, list[Name]] = {}
    current: list[Name] = []
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            name = _name(line)
            if all_names or zlib.crc32(name.forms["fr"][0].encode()) % _HELD_BACK:
                current.append(name)
    return {title: Section(tuple(names)) for title, names in sections.items()}


def _name(line: str) -> Name:
    latin, _, arabic = line.partition("=")
    weight, _, spellings = latin.strip().partition(" ")
    forms = {
        register: tuple(form.strip() for form in written.split(","))
        for register, written in zip(REGISTERS, spellings.split(";"), strict=False)
    }
    return Name(float(weight), forms, arabic.strip())
