"""A manifest against the travellers: by number, by name in any order and spelling, once each."""

from __future__ import annotations

import pytest

from openmidas.crossings.conveyances.comparing import (
    Aboard,
    Compared,
    MatchedBy,
    compare_manifest,
)
from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.conveyances.reading import read_manifest_text
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id
from tests.crossings.conftest import years_ago
from tests.crossings.conveyances.conftest import SIXTY, birth, manifest_text, number

BORN = PartialDate(1984, 11, 2)


def aboard(name: str, number: str = "", birth: PartialDate | None = BORN) -> Aboard:
    return Aboard(id=new_id(), name=name, number=number, birth=birth)


def compared(line: ManifestLine, *here: Aboard) -> Compared:
    return compare_manifest([line], here)


def test_two_are_missing_and_one_is_extra_among_sixty() -> None:
    lines = read_manifest_text(manifest_text(), years_ago(0)).lines
    here = [
        aboard(
            " ".join(SIXTY[at]),
            number(at),
            PartialDate(birth(at).year, birth(at).month, birth(at).day),
        )
        for at in range(60)
        if at not in (7, 41)
    ]
    extra = aboard("HAIDARA ABOUBACRINE", "SP0099999")
    found = compare_manifest(lines, [extra, *reversed(here)])
    assert found.missing == (lines[7], lines[41])
    assert found.extra == (extra,)
    assert len(found.matched) == 58
    assert not [match for match in found.matched if match.doubt]
    by_name = {tuple(sorted(m.line.name.upper().split())): m.aboard.name for m in found.matched}
    assert by_name["KEITA", "MARIAM"] == "KEITA MARIAM"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mamadou Diallo", "DIALLO MAMADOU"),
        ("Mamadou Jallow", "DIALLO MAMADOU"),
        ("Mamadou Diallo", "DIALLO MAMADOU SALIOU"),
        ("Fatoumata Coulibaly", "KULIBALI FATIMATA"),
        ("M. Diallo", "DIALLO MAMADOU"),
    ],
)
def test_another_spelling_or_order_is_the_same_traveller(line: str, name: str) -> None:
    (match,) = compared(ManifestLine(name=line), aboard(name)).matched
    assert (match.by, match.doubt) == (MatchedBy.NAME, False)


@pytest.mark.parametrize(
    ("line", "birth", "name"),
    [
        ("Mamadou Diallo", BORN, "DIALLO IBRAHIMA"),  # brothers, and all born on one day
        ("Mamadou Diallo", PartialDate(1990, 1, 1), "DIALLO MAMADOU"),
        ("Diallo", None, "DIALLO MAMADOU"),
        ("", None, "DIALLO MAMADOU"),
    ],
)
def test_who_is_somebody_else_is_missing(line: str, birth: PartialDate | None, name: str) -> None:
    found = compared(ManifestLine(name=line, number="AB12345", birth=birth), aboard(name, "SP1"))
    assert (len(found.missing), len(found.extra)) == (1, 1)


def test_the_number_comes_first_and_another_name_with_it_is_told() -> None:
    line = ManifestLine(name="Mamadou Diallo", number="sp 000 0001")
    namesake = aboard("DIALLO MAMADOU", "SP0000002")
    (match,) = compared(line, namesake, aboard("TRAORE AWA", "SP0000001")).matched
    assert (match.aboard.name, match.by, match.doubt) == ("TRAORE AWA", MatchedBy.NUMBER, True)


def test_a_birth_that_is_nearly_the_same_is_told() -> None:
    line = ManifestLine(name="Mamadou Diallo", birth=PartialDate(1984, 2, 11))
    (match,) = compared(line, aboard("DIALLO MAMADOU")).matched
    assert match.doubt


def test_everybody_is_taken_once_and_by_who_fits_best() -> None:
    lines = [ManifestLine(name="Mamadou Diallo"), ManifestLine(name="Mamadou Diallo", birth=BORN)]
    found = compare_manifest(lines, [aboard("DIALLO MAMADOU")])
    assert found.missing == (lines[0],)
