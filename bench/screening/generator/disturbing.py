"""The 14 ways in which a listed traveller's document differs from the listing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from bench.screening.cases import Asked
from bench.screening.generator import slips
from bench.screening.generator.people import Person, Population, Word
from bench.screening.generator.zone import CARD, PASSPORT, fit, letters

SHORTEST_SLIPPED = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document will show of somebody, while it is being disturbed."""

    surname: tuple[Word, ...]
    given: tuple[Word, ...]
    birth: date
    places: int = PASSPORT
    written_out: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """Surname and given names."""
        return (*self.surname, *self.given)

    def with_words(self, words: tuple[Word, ...]) -> Shown:
        """The same with other words at the same places."""
        return replace(self, surname=words[: len(self.surname)], given=words[len(self.surname) :])

    def asked(self, sex: str, nationality: str) -> Asked:
        """The traveller as the zone of that document tells of them."""
        whole_surname, whole_given = (
            letters(" ".join(word.text for word in words), written_out=self.written_out)
            for words in (self.surname, self.given)
        )
        surname, given, cut = fit(whole_surname, whole_given, self.places)
        return Asked(surname, given, self.birth.isoformat(), sex, nationality, cut)


Disturb = Callable[[Shown, Person, Population, Random], Shown | None]
"""Gives None where this person cannot be disturbed in this way."""


def show(person: Person) -> Shown:
    """The document that has everything right."""
    return Shown(person.surname, person.given, person.birth)


def _exact(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    return shown


def _one_respelled(
    shown: Shown, person: Person, others: Population, chance: Random
) -> Shown | None:
    places = list(range(len(shown.words)))
    chance.shuffle(places)
    for place in places:
        word = shown.words[place].otherwise(chance)
        if letters(word.text) != letters(shown.words[place].text):
            return shown.with_words(_put(shown.words, place, word))
    return None


def _all_respelled(
    shown: Shown, person: Person, others: Population, chance: Random
) -> Shown | None:
    words = tuple(word.otherwise(chance) for word in shown.words)
    changed = sum(
        letters(one.text) != letters(two.text) for one, two in zip(words, shown.words, strict=True)
    )
    return shown.with_words(words) if changed >= 2 else None


def _order(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    if chance.random() < 0.5:
        return replace(shown, surname=shown.given, given=shown.surname)
    words = list(shown.words)
    chance.shuffle(words)
    return None if tuple(words) == shown.words else shown.with_words(tuple(words))


def _missing(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    if sum(word.name is not None for word in shown.words) < 3:
        return None
    part = "given" if len(shown.given) > 1 else "surname"
    words: tuple[Word, ...] = getattr(shown, part)
    naming = [at for at, word in enumerate(words) if word.name is not None]
    place = chance.choice(naming)
    kept = (*words[:place], *words[place + 1 :])
    return replace(shown, given=kept) if part == "given" else replace(shown, surname=kept)


def _extra(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    more = others.one_more(person)
    if chance.random() < 0.7:
        return replace(shown, given=(*shown.given, more))
    return replace(shown, surname=(*shown.surname, more))


def _truncated(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    cut = replace(shown, places=CARD)
    return cut if cut.asked("", "").truncated else None


def _transliterated(
    shown: Shown, person: Person, others: Population, chance: Random
) -> Shown | None:
    written = replace(shown, written_out=True)
    return None if written.asked("", "") == shown.asked("", "") else written


def _misread(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    return _slip(shown, chance, slips.misread, times=chance.choice((1, 1, 2)))


def _mistyped(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    return _slip(shown, chance, slips.mistype, times=1)


def _split_or_joined(
    shown: Shown, person: Person, others: Population, chance: Random
) -> Shown | None:
    for part in ("given", "surname"):
        words: tuple[Word, ...] = getattr(shown, part)
        text = " ".join(letters(word.text) for word in words)
        if " " in text:
            at = chance.choice([place for place, char in enumerate(text) if char == " "])
            joined = Word(text[:at] + text[at + 1 :])
            given = part == "given"
            return replace(shown, given=(joined,)) if given else replace(shown, surname=(joined,))
    place = max(range(len(shown.words)), key=lambda at: len(shown.words[at].text))
    text = letters(shown.words[place].text)
    if len(text) < 2 * SHORTEST_SLIPPED - 1:
        return None
    at = chance.randrange(3, len(text) - 2)
    return shown.with_words(_put(shown.words, place, Word(f"{text[:at]} {text[at:]}")))


def _birth_error(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    birth = slips.misdate(shown.birth, chance)
    return replace(shown, birth=birth)


def _combination(shown: Shown, person: Person, others: Population, chance: Random) -> Shown | None:
    respelled = _one_respelled(shown, person, others, chance)
    if respelled is None:
        return None
    swapped = replace(respelled, surname=respelled.given, given=respelled.surname)
    return _birth_error(swapped, person, others, chance) if chance.random() < 0.5 else swapped


def _slip(
    shown: Shown, chance: Random, slip: Callable[[str, Random], str], times: int
) -> Shown | None:
    long = [at for at, word in enumerate(shown.words) if len(word.text) >= SHORTEST_SLIPPED]
    if not long:
        return None
    words = shown.words
    for _ in range(times):
        place = chance.choice(long)
        words = _put(words, place, Word(slip(letters(words[place].text), chance)))
    changed = shown.with_words(words)
    return None if changed.asked("", "") == shown.asked("", "") else changed


def _put(words: tuple[Word, ...], place: int, word: Word) -> tuple[Word, ...]:
    return (*words[:place], word, *words[place + 1 :])


DISTURBANCES: Mapping[str, Disturb] = {
    "exact": _exact,
    "one name respelled": _one_respelled,
    "all names respelled": _all_respelled,
    "other order": _order,
    "a name missing": _missing,
    "a name more": _extra,
    "cut off in the zone": _truncated,
    "transliterated in the zone": _transliterated,
    "misread": _misread,
    "mistyped": _mistyped,
    "split or joined": _split_or_joined,
    "birth date wrong": _birth_error,
    "respelled, swapped, misdated": _combination,
    "listed in Arabic script": _exact,
}
"""All kinds. The last is undisturbed: there it is the listing that has Arabic letters alone."""
