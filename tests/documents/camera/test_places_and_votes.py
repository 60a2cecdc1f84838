"""How characters are placed at an even pitch, and when two readers together are certain."""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np
import pytest

from openmidas.documents import PartialDate, TravelDocument, write_mrz
from openmidas.documents.camera.places import NONE, best_places
from openmidas.documents.camera.rivals import CHARACTERS
from openmidas.documents.camera.voting import together, vote

TODAY = date(2026, 11, 21)
DOCUMENT = TravelDocument(
    format="TD3",
    document_code="P",
    issuer="MLI",
    number="AB1234567",
    surname="Diallo",
    given_names="Oumou",
    nationality="MLI",
    birth=PartialDate(1990, 10, 15),
    expiry=PartialDate(2030, 1, 20),
    sex="F",
)
LINES = write_mrz(DOCUMENT, today=TODAY)
ZONE = "".join(LINES)


def seen(zone: str, sure: float = 0.999) -> np.ndarray:
    """What a reader gives that sees this."""
    chances = np.full((len(zone), 37), (1 - sure) / 36)
    for place, character in enumerate(zone):
        chances[place, CHARACTERS.index(character)] = sure
    return np.log(chances)


def with_character(place: int, character: str) -> str:
    return ZONE[:place] + character + ZONE[place + 1 :]


def columns(gaps: list[int], faint: int | None = None) -> np.ndarray:
    """The answer of a line's reader for characters that are so far from one another."""
    at = np.cumsum([3, *gaps])
    logs = np.full((at[-1] + 8, NONE + 1), -9.0)
    logs[:, NONE] = -0.01
    for place in at:
        logs[place, 0], logs[place, NONE] = -0.01, -6.0
    if faint is not None:
        logs[at[faint], 0], logs[at[faint], NONE] = -1.5, -0.3
    return logs


def test_a_filler_that_is_faint_is_not_lost() -> None:
    gaps = [4] * 12 + [3, 5, 4, 4] + [4] * 13

    score, places = best_places(columns(gaps, faint=9), (30,))[30]

    assert list(np.diff(places)) == gaps
    assert score > 0


def test_a_length_that_does_not_fit_costs() -> None:
    found = best_places(columns([4] * 35), (30, 36))

    assert found[36][0] > found[30][0]
    assert 44 not in best_places(columns([4] * 20), (44,))


def test_two_readers_who_agree() -> None:
    voted = vote(seen(ZONE), seen(ZONE), 2)

    assert voted.text == ZONE
    assert voted.layout.name == "TD3"
    assert all(voted.agreed)


@pytest.mark.parametrize("place", [6, 45, 60])
def test_where_they_differ_nothing_is_certain(place: int) -> None:
    other = "X" if place == 6 else "7"
    voted = vote(seen(ZONE), seen(with_character(place, other)), 2)

    assert [at for at, agreed in enumerate(voted.agreed) if not agreed] == [place]


def test_one_who_doubts_is_enough() -> None:
    voted = vote(seen(ZONE), seen(ZONE, sure=0.7), 2)

    assert voted.text == ZONE
    assert not any(voted.agreed[5:44])


def test_the_field_decides_between_figure_and_letter() -> None:
    """The O of Diallo may not be a nought, the nought of the expiry no O; neither needs a look."""
    name, expiry = ZONE.index("O"), 44 + 22
    assert ZONE[expiry] == "0"
    alike = np.log(np.full(37, 0.001))
    alike[[CHARACTERS.index("O"), CHARACTERS.index("0")]] = np.log(0.48)
    logs = seen(ZONE)
    logs[[name, expiry]] = alike

    voted = vote(logs, logs, 2)

    assert voted.text == ZONE
    assert voted.agreed[name]
    assert voted.agreed[expiry]


def test_the_second_character_of_a_passport_is_no_figure() -> None:
    """PO is an official passport; P0 is nothing (Doc 9303-4, 4.2.2.1)."""
    zone = with_character(1, "O")
    logs = seen(zone)
    logs[1] = np.log(0.001)
    logs[1, [CHARACTERS.index("O"), CHARACTERS.index("0")]] = np.log([0.5, 0.465])

    voted = vote(logs, logs, 2)

    assert voted.text == zone
    assert voted.agreed[1]


def test_what_may_not_stand_there_is_not_offered_instead() -> None:
    """An O of the name that may be a Q, or a nought if noughts stood in names."""
    place = ZONE.index("O")
    logs = seen(ZONE)
    likely = [CHARACTERS.index(one) for one in "O0Q"]
    logs[place] = np.log(0.001)
    logs[place, likely] = np.log([0.4, 0.35, 0.2])

    voted = vote(logs, logs, 2)

    assert not voted.agreed[place]
    assert voted.instead[place] == "Q"


def test_a_number_is_never_made_to_fit() -> None:
    """Both read another figure in the number: it stays, and its check digit tells."""
    place = 44 + 3
    wrong = with_character(place, "8")

    assert vote(seen(wrong), seen(wrong), 2).text == wrong


@pytest.mark.parametrize(
    ("unclear", "asked"),
    [
        ([0], []),
        ([0, 1], [0, 1]),
        ([0, 2], []),
        ([0, 1, 2], [0, 1]),
    ],
)
def test_two_that_make_up_for_each_other_are_not_certain(
    unclear: list[int], asked: list[int]
) -> None:
    """OO and 00 have one check digit, at weights of seven and three, and not at seven and one."""
    zone = "".join(write_mrz(msgspec.structs.replace(DOCUMENT, number="000123456"), today=TODAY))
    logs = seen(zone)
    for place in unclear:
        logs[44 + place, [CHARACTERS.index("0"), CHARACTERS.index("O")]] = np.log([0.6, 0.4])

    voted = vote(logs, logs, 2)

    assert voted.text == zone
    assert [at - 44 for at, agreed in enumerate(voted.agreed) if not agreed] == asked


@pytest.mark.parametrize(
    ("issuer", "place", "other", "certain"),
    [
        ("UTO", 2, "C", True),  # no State is UTC
        ("MLI", 2, "T", False),  # Malta
        ("D", 1, "O", True),
        ("NER", 1, "O", False),  # Norway
        ("NER", 2, "C", True),
        ("GIN", 1, "L", True),
        ("CIV", 2, "K", True),
    ],
)
def test_a_state_is_told_from_what_is_no_code(
    issuer: str, place: int, other: str, certain: bool
) -> None:
    zone = "".join(write_mrz(msgspec.structs.replace(DOCUMENT, issuer=issuer), today=TODAY))
    logs = seen(zone)
    unclear = [CHARACTERS.index(zone[2 + place]), CHARACTERS.index(other)]
    logs[2 + place, unclear] = np.log([0.6, 0.4])

    voted = vote(logs, logs, 2)

    assert voted.text == zone
    assert voted.agreed[2 + place] == certain


def test_what_is_read_as_no_code_of_a_state_is_not_made_one() -> None:
    zone = ZONE[:2] + "UTC" + ZONE[5:]
    logs = seen(zone)
    logs[4, [CHARACTERS.index("C"), CHARACTERS.index("O")]] = np.log([0.6, 0.4])

    voted = vote(logs, logs, 2)

    assert voted.text == zone
    assert not voted.agreed[4]


def test_what_cannot_stand_there_at_all_is_not_certain() -> None:
    """A clear K in a date is no figure, whatever is the likeliest among figures."""
    place = 44 + 13
    voted = vote(seen(with_character(place, "K"), 0.999999), seen(ZONE), 2)

    assert not voted.agreed[place]


def test_a_document_of_another_form_is_told_as_it_is() -> None:
    """Letters where Doc 9303 has a date, with an O between them: they stay, and are not certain."""
    birth = 44 + 13
    zone = ZONE[:birth] + "CORINN" + ZONE[birth + 6 :]

    voted = vote(seen(zone, sure=0.99), seen(zone, sure=0.99), 2)

    assert voted.text == zone
    assert not any(voted.agreed[birth : birth + 6])


def test_pictures_of_one_zone_count_alike() -> None:
    first, second = together([(seen(ZONE), seen(ZONE)), (seen(with_character(6, "X"), 0.5),) * 2])

    assert vote(first, second, 2).text == ZONE
