"""Zones that are to be sealed."""

from __future__ import annotations

import pytest

from openmidas.documents.commands.seal_zones import wrong_zones
from openmidas.documents.seals import profile_named
from tests.documents.seals.made import SIGNED, VISA


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("MLIDIALLO", "UTODIALLO", []),  # a specimen may be sealed
        (
            "7408122M",
            "7408123M",
            [
                "mrz_b, naissance : Le chiffre de contrôle est 3 et devrait être 2. (Doc 9303-3, 4.9)"
            ],
        ),
        (
            "VCMLI",
            "ICMLI",
            [
                "mrz_b : il faut ici une zone MRV-B, celle-ci est une zone TD2.",
                "mrz_b, chiffre de contrôle global : ",
            ],
        ),
        ("VCMLI", "VCXXA", ["mrz_b, émetteur : « XXA »"]),
        ("<\nL", "\nL", ["mrz_b, lignes : Ce n’est pas une zone de lecture automatique."]),
    ],
)
def test_what_is_wrong_with_a_zone_is_said(old: str, new: str, told: list[str]) -> None:
    profile = profile_named("visa")
    assert profile is not None
    fields = VISA | {"mrz_b": VISA["mrz_b"].replace(old, new)}
    said = list(wrong_zones(profile, fields, SIGNED, "fr"))
    assert [sentence[: len(begin)] for sentence, begin in zip(said, told, strict=True)] == told
