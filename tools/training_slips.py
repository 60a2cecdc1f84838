"""What documents, forms, fingers and cameras do to names and dates, drawn by a seeded generator."""

from __future__ import annotations

import random
from datetime import date, timedelta

from openmidas.documents import PartialDate
from openmidas.screening.names import fold

OCR = str.maketrans("OIBSZGDQMNUV", "01852600NMVU")
LETTERS = "ABCDEFGHIJKLMNOPRSTUWYZ"


def wrong(born: date, chance: random.Random) -> PartialDate:
    """A birth date as it should not be."""
    kind = chance.choices(
        ("swap", "day", "month", "year", "figure", "new_year", "year_only", "other"),
        (18, 22, 10, 20, 8, 12, 10, 10),
    )[0]
    if kind == "swap" and born.day <= 12:
        return PartialDate(born.year, born.day, born.month)
    if kind == "day":
        day = born.day + chance.choice((-1, 1, 10, -10, 3, -3))
        return PartialDate(born.year, born.month, day if 1 <= day <= 28 else 15)
    if kind == "month":
        return PartialDate(born.year, chance.randrange(1, 13), min(born.day, 28))
    if kind == "figure":
        born = shifted(born, chance.choice((-10, 10, -3, 3)))
    elif kind == "new_year":
        born = born.replace(month=1, day=1)
    elif kind == "year_only":
        return PartialDate(born.year)
    elif kind == "other":
        born += timedelta(days=chance.randrange(-1200, 1200))
    else:
        born = shifted(born, chance.choice((-1, 1)))
    return PartialDate(born.year, born.month, born.day)


def shifted(born: date, years: int) -> date:
    """The same day in another year."""
    return born.replace(year=born.year + years, day=min(born.day, 28))


def disturb(words: list[str], chance: random.Random, harm: float) -> list[str]:
    """What finger, eye and form do to the parts of a name."""
    if len(words) > 2 and chance.random() < harm:
        words.pop(chance.randrange(len(words) - 1))
    if chance.random() < 0.15 + harm:
        chance.shuffle(words)
    if len(words) > 1 and chance.random() < harm * 0.4:
        at = chance.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1]]
    if chance.random() < harm * 0.3:
        at = chance.randrange(len(words))
        if len(words[at]) >= 6:
            middle = len(words[at]) // 2
            words[at : at + 1] = [words[at][:middle], words[at][middle:]]
    if len(words) > 2 and chance.random() < harm * 0.15:
        words[0] = words[0][:1]
    return [slip(word, chance) if chance.random() < harm * 0.6 else word for word in words]


def slip(word: str, chance: random.Random) -> str:
    """One letter wrong, as a finger or a camera gets it wrong."""
    if len(word) < 3:
        return word
    at = chance.randrange(len(word) - 1)
    kind = chance.randrange(5)
    if kind == 0:
        return word[:at] + word[at].translate(OCR) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at + 1 :]
    if kind == 3:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


def fold_mrz(word: str, chance: random.Random) -> str:
    """A name in the letters of an MRZ: by Doc 9303's table, or with the accents just dropped."""
    if chance.random() < 0.5:
        for sign, letters in (("Ä", "AE"), ("Ö", "OE"), ("Ü", "UE"), ("Å", "AA"), ("Ø", "OE")):
            word = word.upper().replace(sign, letters)
    return " ".join(fold(word))
