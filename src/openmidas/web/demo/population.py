"""The people of the sample country: invented from a seed, with names as they are borne there.

Nobody here is meant to be anybody. Every document is a specimen: its number begins with ``SP``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random

import msgspec

from openmidas.crossings.inspection import Document, HowRead, Traveller
from openmidas.documents import PartialDate
from openmidas.web.demo.specimens import Specimen, capitals_only
from openmidas.web.demo.traffic import Share, Traffic

SPECIMEN = "SP"
ANOTHER_SPELLING = 0.12
FIRST_OF_JANUARY = 0.12
YEARS_VALID = 5


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A specimen of a document. ``machine``: it has a zone that a reader reads."""

    code: str
    number: str
    expiry: date
    machine: bool


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who travels. ``paper`` None: without a document."""

    surname: str
    given_names: str
    birth: PartialDate
    sex: str
    nationality: str
    paper: Paper | None = None

    @property
    def machine_read(self) -> bool:
        """Whether the traveller's document is read by machine: then the name is in capitals."""
        return self.paper is not None and self.paper.machine

    def traveller(self) -> Traveller:
        """As an inspection has them: as the zone says it, or as an officer types it."""
        surname, given = self.surname, self.given_names
        if self.machine_read:
            surname, given = capitals_only(surname), capitals_only(given)
        return Traveller(
            surname=surname,
            given_names=given,
            birth=self.birth,
            sex=self.sex,
            nationality=self.nationality,
        )

    def document(self) -> Document:
        """As an earlier register kept it: without the lines of the zone."""
        if self.paper is None:
            return Document(how_read=HowRead.TYPED)
        return Document(
            code=self.paper.code,
            number=self.paper.number,
            issuer=self.nationality,
            expiry=PartialDate(
                year=self.paper.expiry.year,
                month=self.paper.expiry.month,
                day=self.paper.expiry.day,
            ),
            how_read=HowRead.MRZ if self.paper.machine else HowRead.TYPED,
        )

    def zone(self) -> str:
        """What a reader sends of the document. Only where `machine_read`."""
        if self.paper is None or self.birth.month is None or self.birth.day is None:
            raise ValueError("this traveller has no document that a machine reads")
        specimen = Specimen(
            surname=capitals_only(self.surname),
            given_names=capitals_only(self.given_names),
            state=self.nationality,
            number=self.paper.number,
            birth=date(self.birth.year, self.birth.month, self.birth.day),
            sex=self.sex,
            expiry=self.paper.expiry,
        )
        return specimen.mrz() if self.paper.code == "P" else specimen.card_mrz(self.paper.code)


class Names(msgspec.Struct, frozen=True):
    """The names of one people, the commonest first; spellings of one name are parted by ``|``."""

    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]


@cache
def names_of(people: str) -> Names:
    """A table of ``names.toml``."""
    text = files("openmidas.web.demo").joinpath("names.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)[people], Names)


class Population:
    """Makes people for one post. ``chance`` decides everything; the same chance, the same people."""

    def __init__(
        self, traffic: Traffic, chance: Random, today: date, first_number: int = 0
    ) -> None:
        self._traffic = traffic
        self._chance = chance
        self._today = today
        self._percents = [share.percent for share in traffic.shares]
        self._made = first_number

    def share(self) -> Share:
        """A nationality and a people, as often as they cross here."""
        return self._chance.choices(self._traffic.shares, self._percents)[0]

    def person(
        self,
        share: Share,
        *,
        sex: str,
        years: tuple[int, int],
        documented: bool,
        surname: str = "",
        not_called: Collection[str] = (),
    ) -> Person:
        """Somebody of this age. ``surname``: a family's; ``not_called``: its other given names."""
        names = names_of(share.people)
        given = names.women if sex == "F" else names.men
        machine = documented and self._chance.random() < 0.8
        self._made += 1
        return Person(
            surname=surname or self.spelt(self._common(names.surnames)),
            given_names=self._called(given, not_called),
            birth=self._birth(years, machine=machine),
            sex=sex,
            nationality=share.nationality,
            paper=self._paper(machine=machine) if documented else None,
        )

    def family_name(self, share: Share) -> str:
        """A surname as a family writes it."""
        return self.spelt(self._common(names_of(share.people).surnames))

    def spelt(self, name: str) -> str:
        """One spelling of a name: mostly the usual one."""
        usual, *others = name.split("|")
        if others and self._chance.random() < ANOTHER_SPELLING:
            return self._chance.choice(others)
        return usual

    def with_another_paper(self, person: Person) -> Person:
        """The same person with another document, on which the name may be written otherwise."""
        self._made += 1
        return msgspec.structs.replace(
            person,
            surname=capitals_only(person.surname).title(),
            paper=self._paper(machine=person.machine_read),
        )

    def _called(self, names: tuple[str, ...], not_called: Collection[str]) -> str:
        """A given name; brothers and sisters mostly have different ones."""
        for _ in range(4):
            name = self.spelt(self._common(names))
            if name not in not_called:
                break
        return name

    def _common(self, names: tuple[str, ...]) -> str:
        """The first names are borne by many: the n-th by one in n of them."""
        place = int(len(names) ** self._chance.random()) - 1
        return names[place]

    def _birth(self, years: tuple[int, int], *, machine: bool) -> PartialDate:
        """Who has no document with a zone often knows the year only, or about."""
        age = self._chance.randint(*years) * 365 + self._chance.randrange(365)
        born = self._today - timedelta(days=age)
        sure = self._chance.random()
        if machine or sure > 0.45:
            if sure > 1 - FIRST_OF_JANUARY:
                born = born.replace(month=1, day=1)
            return PartialDate(year=born.year, month=born.month, day=born.day)
        if sure > 0.15:
            return PartialDate(year=born.year)
        return PartialDate(year=born.year, approximate=True)

    def _paper(self, *, machine: bool) -> Paper:
        kinds = ("P", "I") if machine else ("I", "A", "O")
        weights = (30, 70) if machine else (40, 35, 25)
        days = self._chance.randint(20, YEARS_VALID * 365)
        if self._chance.random() < 0.03:
            days = -self._chance.randint(5, 700)  # expired
        return Paper(
            code=self._chance.choices(kinds, weights)[0],
            number=f"{SPECIMEN}{self._traffic.digit}{self._made:06}",
            expiry=self._today + timedelta(days=days),
            machine=machine,
        )
