"""The map of a State: whole, small, named in four languages, with places where they are."""

from __future__ import annotations

import gzip
import re

import pytest

from openmidas.maps.states import WIDTH, StateMap, atlas, state_map

LANGUAGES = ("fr", "en", "ar", "pt")
WITH_MAP = [code for code, land in atlas().states.items() if land.regions]


def drawn(state: str, language: str = "fr") -> StateMap:
    found = state_map(state, language)
    assert found is not None
    return found


def names(found: StateMap) -> set[str]:
    around = {shape.name.text for shape in found.around if shape.name}
    return around | {region.text for region in found.regions}


def test_the_corridors_have_a_map() -> None:
    assert {"MLI", "NER", "GIN", "BFA", "SEN", "MRT", "CIV"} <= set(WITH_MAP)


@pytest.mark.parametrize("state", WITH_MAP)
def test_every_map_is_whole_and_small(state: str) -> None:
    found = drawn(state)
    assert all(name for name in names(found))
    paths = found.outline + found.borders + "".join(shape.path for shape in found.around)
    assert len(gzip.compress(paths.encode())) < 10_000
    # Rings are closed: no arc of an outline was lost between two of them.
    data = atlas()
    for ring in data.states[state].outline:
        lines = [data.line(number) for number in ring]
        for line, following in zip(lines, [*lines[1:], lines[0]], strict=True):
            assert line[-1] == following[0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", {"Mauritanie", "Côte d’Ivoire", "Tombouctou", "Sikasso", "Burkina Faso"}),
        ("en", {"Mauritania", "Côte d’Ivoire", "Tombouctou", "Niger"}),
        ("ar", {"موريتانيا", "النيجر", "منطقة تمبكتو"}),
        ("pt", {"Mauritânia", "Argélia", "Tombouctou"}),
    ],
)
def test_states_and_regions_are_named_in_the_language_of_the_page(
    language: str, expected: set[str]
) -> None:
    assert expected <= names(drawn("MLI", language))


def test_places_stand_where_they_are() -> None:
    mali = drawn("MLI")
    bamako, gao, kouremale = (
        mali.place(*place) for place in ((12.65, -8.0), (16.27, -0.04), (11.95, -8.78))
    )
    assert bamako is not None
    assert gao is not None
    assert kouremale is not None
    assert bamako[0] < gao[0]
    assert bamako[1] > gao[1]
    assert kouremale[0] < bamako[0]
    assert mali.place(48.85, 2.35) is None


def test_other_states_are_cut_off_at_the_edge() -> None:
    for shape in drawn("MLI").around:
        x, y = map(int, re.findall(r"M(-?\d+) ?(-?\d+)", shape.path)[0])
        assert -10 <= x <= WIDTH + 10
        assert -10 <= y <= drawn("MLI").height + 10


def test_a_state_without_data_has_no_map() -> None:
    assert state_map("UTO", "fr") is None
    assert state_map("LBY", "fr") is None
