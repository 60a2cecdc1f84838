"""Numbers of documents among words, and peoples for States."""

from __future__ import annotations

import pytest

from openmidas.screening.formats.demonyms import people_code
from openmidas.screening.formats.draft import Draft, is_state_text, state_code
from openmidas.screening.formats.number_texts import read_number_text


@pytest.mark.parametrize(
    ("text", "number", "issuer"),
    [
        ("K048787", "K048787", ""),
        ("265 216", "265 216", ""),
        ("12 AB 345", "12 AB 345", ""),
        ("D 000933", "D 000933", ""),
        ("92/664", "92/664", ""),
        ("SSN 156-92-9858", "156-92-9858", ""),
        ("Passport No. 836210029", "836210029", ""),
        ("Passport No: 592667 (Qatari passport issued on 3 May 2007).", "592667", "Qatari"),
        ("284158, expires 21 Aug 2005 (Iraq)", "284158", "Iraq"),
        ("no: D 000933 (Passport issued under the name of another)", "D 000933", ""),
        ("Italian Fiscal Code: SSYBLK62T26Z336L.", "SSYBLK62T26Z336L", "Italian"),
        ("carte nationale sénégalaise n° 1 234 567", "1 234 567", ""),
        ("(expired 2010) N1234567", "N1234567", ""),
        ("passport issued 1999, no A1234567", "A1234567", ""),
        ("ab 123456", "ab 123456", ""),
    ],
)
def test_the_number_is_taken_out_of_its_words(text: str, number: str, issuer: str) -> None:
    assert read_number_text(text, is_state_text) == (number, issuer)


@pytest.mark.parametrize(
    "text", ["Jordanian passport numbers", "in 2 of 3 cases", "seen", "expired in 2010"]
)
def test_words_alone_are_no_number(text: str) -> None:
    assert read_number_text(text, is_state_text) is None


def test_a_document_without_a_number_is_told_and_kept() -> None:
    draft = Draft("1", "person")
    draft.add_document("number", "lost at sea", "passport")
    assert draft.report.unread == ["number: lost at sea"]
    assert not draft.documents


@pytest.mark.parametrize("text", ["A1234567 (Iraq), B7654321 (Iran)", "592667, 1234567"])
def test_a_second_number_is_told(text: str) -> None:
    draft = Draft("1", "person")
    draft.add_document("number", text, "passport")
    assert draft.report.unread == [f"number: {text}"]
    assert len(draft.documents) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iraqi", "IRQ"),
        ("malienne", "MLI"),
        ("Sénégalais", "SEN"),
        ("Nigérien", "NER"),
        ("Nigerian", "NGA"),
        ("Bissau-Guinean", "GNB"),
        ("SOUTH SUDANESE", "SSD"),
        ("German", "D"),
        ("Congolese", None),
        ("Korean", None),
        ("", None),
    ],
)
def test_a_people_stands_for_its_state(text: str, code: str | None) -> None:
    assert people_code(text) == code
    assert state_code(text) == code
