"""The surroundings of a place, drawn from the data that lie here."""

from __future__ import annotations

import pytest

from openmidas.maps import surroundings
from openmidas.maps.around import SIDE, kilometres_between

KOUREMALE = (11.957, -8.781)
LABBEZANGA = (14.962, 0.702)


def test_the_place_stands_in_the_middle_and_others_where_they_lie() -> None:
    drawn = surroundings(KOUREMALE, 150, state="MLI", language="fr")
    assert drawn.place(*KOUREMALE) == (SIDE // 2, SIDE // 2)
    x, y = drawn.place(12.639, -8.003) or (0, 0)  # Bamako, 114 km to the north-east
    assert x > SIDE // 2 > y
    assert kilometres_between(KOUREMALE, (12.639, -8.003)) == pytest.approx(114, abs=2)
    assert drawn.place(16.27, -0.04) is None  # Gao


@pytest.mark.parametrize(
    ("place", "language", "states"),
    [
        (KOUREMALE, "fr", {"Mali", "Guinée"}),
        (LABBEZANGA, "en", {"Mali", "Niger", "Burkina Faso"}),
    ],
)
def test_names_the_states_that_are_seen(
    place: tuple[float, float], language: str, states: set[str]
) -> None:
    drawn = surroundings(place, 150, state="MLI", language=language)
    assert {one.text for one in drawn.states} == states
    assert drawn.state.startswith("M")
    assert len(drawn.around) >= len(states) - 1


def test_the_bar_is_as_long_as_it_says() -> None:
    for kilometres in (150, 200, 650):
        drawn = surroundings(KOUREMALE, kilometres, state="MLI", language="fr")
        assert drawn.bar == pytest.approx(drawn.bar_kilometres * SIDE / (2 * kilometres), abs=1)
        assert SIDE / 10 < drawn.bar <= SIDE * 0.3


def test_where_no_data_are_nothing_is_drawn() -> None:
    drawn = surroundings((48.0, 2.0), 150, state="MLI", language="fr")
    assert (drawn.state, drawn.around, drawn.borders) == ("", (), "")
