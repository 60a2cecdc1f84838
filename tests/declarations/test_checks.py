"""What is told of a herd's papers: each thing by itself, and nothing of a herd that has all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from openmidas.declarations.checks import check_herd, read_rules, rules
from openmidas.declarations.entries import Certificate, Vaccinated
from openmidas.declarations.wording import TOLD, word_told
from tests.declarations.conftest import herd

TODAY = date(2026, 11, 27)


def shown(**changes: Any) -> Certificate:
    usual = {"number": "CIT-00412", "issuer": "Kangaba", "day": "2026-10-01"}
    return Certificate(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"certificate": None}, ["certificate_none"]),
        ({"certificate": None, "certified": True}, []),
        ({"certificate": shown(number="12")}, ["certificate_number"]),
        ({"certificate": shown(number="abcdef")}, ["certificate_number"]),
        ({"certificate": shown(issuer="")}, ["certificate_issuer"]),
        ({"certificate": shown(day="")}, ["certificate_undated"]),
        ({"certificate": shown(day="2026-02-31")}, ["certificate_undated"]),
        ({"certificate": shown(day="2026-11-28")}, ["certificate_in_future"]),
        ({"certificate": shown(day="2025-11-26")}, ["certificate_old"]),
        ({"certificate": shown(day="2025-11-27")}, []),
        ({"vaccinated": Vaccinated.NO}, ["vaccinated_no"]),
        ({"vaccinated": Vaccinated.UNKNOWN}, ["vaccinated_unknown"]),
        ({"herders": 0}, ["herders_none"]),
        ({"certificate": None, "animals": ()}, []),
    ],
)
def test_what_is_told(changes: dict[str, Any], codes: list[str]) -> None:
    certificate = changes.pop("certificate", shown())
    told = check_herd(herd(**changes), certificate, TODAY, 365)
    assert [one.code for one in told] == codes


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_that_is_told_has_words(language: str) -> None:
    said = {"date": "2026-11-28", "days": "365"}
    with override(language):
        for code, words in TOLD.items():
            assert str(words) % said, code
        (told,) = check_herd(herd(), shown(day="2020-01-01"), TODAY, 365)
        assert "2020-01-01" in word_told(told)


def test_the_limit_is_data() -> None:
    assert rules().certificate_days == 365
    with pytest.raises(ValueError, match="certificate_days"):
        read_rules("edition = 'x'\ncertificate_days = 0")
