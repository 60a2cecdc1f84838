"""N'Ko script in Latin letters."""

from __future__ import annotations

import pytest

from openmidas.screening import nko
from openmidas.screening.names import fold, skeleton


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("ߡߡߊߘߎ߫ ߖߊߟߏ߫", "mamadu jalo"),  # one vowel written for two syllables; tones
        ("ߝߊߕߎߡߕߊ", "fatumata"),
        ("ߓߡߊߞߐ߫", "bamako"),
        ("ߛߎߟߍߡߣߊ߫", "sulemana"),
        ("ߞߐߣߑߞߙߌ", "konkiri"),  # the sign that there is no vowel
        ("ߒ߬ߞߏ", "nko"),  # N by itself
        ("ߕߙߊߥߟߋ߲", "tarawelen"),  # nasal
        ("Mamadou", "Mamadou"),
    ],
)
def test_as_people_write_it_in_latin(written: str, latin: str) -> None:
    assert nko.latin(written) == latin


def test_it_sounds_like_the_name_in_a_passport() -> None:
    first, last = fold("ߡߡߊߘߎ߫ ߖߊߟߏ߫")
    assert (skeleton(first), skeleton(last)) == (skeleton("MAMADOU"), skeleton("DIALLO"))
