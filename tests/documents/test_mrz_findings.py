"""What `read_mrz` says about zones that are not right, and what it repairs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import PartialDate, ReadingFinding, read_mrz
from openmidas.documents.check_digits import check_digit
from openmidas.documents.formats import FORMATS, MrzFormat, format_of

TODAY = date(2026, 11, 21)

TD1 = (
    "I<NERD231458907<<<<<<<<<<<<<<<",
    "7408122F2904157NER<<<<<<<<<<<4",
    "DIALLO<<AMADOU<<<<<<<<<<<<<<<<",
)
TD1_LONG = (
    "I<NERABC123456<7890123456786<<",
    "7408122F2904157NER<<<<<<<<<<<2",
    "DIALLO<<AMADOU<<<<<<<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX7408122F96121096ZE184226B<<<<<<",
)
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX7408122F9612109<<<<<<<<")
ZONES = {"TD1": TD1, "TD1 long": TD1_LONG, "TD2": TD2, "TD3": TD3, "MRV-A": MRV_A, "MRV-B": MRV_B}


def codes(*lines: str) -> list[tuple[str, str]]:
    reading = read_mrz("\n".join(lines), today=TODAY)
    return [(finding.code, finding.field) for finding in reading.findings]


def with_birth(field: str) -> str:
    """The specimen passport with these six characters and digit as birth."""
    return TD3[0] + "\n" + TD3[1][:13] + field + TD3[1][20:]


@pytest.mark.parametrize("lines", ZONES.values(), ids=ZONES)
def test_a_zone_without_line_breaks_reads_the_same(lines: tuple[str, ...]) -> None:
    joined = read_mrz("".join(lines), today=TODAY)
    apart = read_mrz("\r\n".join(lines) + "\r\n", today=TODAY)

    assert apart.ok
    assert joined.format == apart.format
    assert (joined.number, joined.birth, joined.surname) == (
        apart.number,
        apart.birth,
        apart.surname,
    )


@pytest.mark.parametrize(
    ("text", "lengths"), [("", ""), ("P<UTO\nL898", "5 4"), ("A" * 30 + "\n" + "A" * 60, "30 60")]
)
def test_what_is_no_zone_says_so(text: str, lengths: str) -> None:
    reading = read_mrz(text, today=TODAY)

    assert reading.format is None
    assert not reading.ok
    [finding] = reading.findings
    assert (finding.code, finding.params["lengths"]) == ("not_mrz", lengths)


def test_a_wrong_check_digit_says_what_was_read_and_what_it_should_be() -> None:
    reading = read_mrz(f"{TD3[0]}\n{TD3[1][:9]}7{TD3[1][10:]}", today=TODAY)

    assert ReadingFinding(
        "check_digit_wrong", "number", "Doc 9303-3, 4.9", {"read": "7", "computed": "6"}
    ) in reading.findings  # fmt: skip


def protected(layout: MrzFormat, zone: str) -> list[int]:
    """Positions of digits that a check digit covers, and of the check digits themselves."""
    covered = [layout.number, layout.birth, layout.expiry, *layout.composite]
    if layout.composite_digit is not None:
        covered.append(slice(layout.composite_digit, layout.composite_digit + 1))
    places = {place for part in covered for place in range(part.start, part.stop)}
    places |= {layout.number.stop, layout.birth.stop, layout.expiry.stop}
    return sorted(place for place in places if zone[place].isdigit())


@given(data=st.data(), lines=st.sampled_from(list(ZONES.values())))
def test_one_wrong_digit_in_the_protected_zone_is_noticed(
    data: st.DataObject, lines: tuple[str, ...]
) -> None:
    layout, zone = format_of(lines), "".join(lines)
    assert layout is not None
    place = data.draw(st.sampled_from(protected(layout, zone)))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != zone[place]]))

    reading = read_mrz(zone[:place] + other + zone[place + 1 :], today=TODAY)

    assert not reading.ok
    assert "check_digit_wrong" in {finding.code for finding in reading.findings}


@given(st.text())
def test_never_raises_on_any_text(text: str) -> None:
    assert read_mrz(text, today=TODAY).ok is False


ZONE_CHARACTERS = st.sampled_from("ABDINOPQSUVXZ0123456789<<<<<<<<<<éß٣\x00*")


@given(st.data(), st.sampled_from(FORMATS), st.dates(min_value=date(1, 1, 1)))
def test_never_raises_on_any_zone(data: st.DataObject, layout: MrzFormat, today: date) -> None:
    zone = data.draw(st.text(ZONE_CHARACTERS, min_size=layout.size, max_size=layout.size))
    code = data.draw(st.sampled_from(["P<", "V<", "I<", "AC", zone[:2]]))

    read_mrz(code + zone[2:], today=today)


def test_letters_in_dates_are_put_right_and_reported() -> None:
    reading = read_mrz(with_birth("74O8I22"), today=TODAY)

    assert reading.birth == PartialDate(1974, 8, 12)
    assert not reading.ok
    assert [f for f in reading.findings if not f.informative] == [
        ReadingFinding("repaired", "birth", "Doc 9303-3, 4.8", {"read": "74O8I2", "used": "740812"})
    ]
    assert reading.lines[1][13:20] == "74O8I22"


def test_digits_in_names_and_states_are_put_right_and_reported() -> None:
    reading = read_mrz(f"{TD3[0].replace('O', '0')}\n{TD3[1]}", today=TODAY)

    assert (reading.issuer, reading.surname) == ("UTO", "ERIKSSON")
    assert ("repaired", "name") in codes(*reading.lines)
    assert ("repaired", "issuer") in codes(*reading.lines)


def test_a_document_number_is_never_corrected() -> None:
    reading = read_mrz(f"{TD3[0]}\nL8989O2C3{TD3[1][9:]}", today=TODAY)

    assert reading.number == "L8989O2C3"
    assert ("check_digit_wrong", "number") in codes(*reading.lines)
    assert "repaired" not in {finding.code for finding in reading.findings}


def test_small_letters_and_foreign_characters_are_named() -> None:
    reading = read_mrz(f"{TD3[0].lower()}\n{TD3[1][:30]}é{TD3[1][31:]}", today=TODAY)
    foreign = next(f for f in reading.findings if f.code == "character_not_allowed")

    assert reading.surname == "ERIKSSON"
    assert ("lower_case", "lines") in codes(*reading.lines)
    assert foreign.params == {"line": "2", "position": "31", "character": "é"}


@pytest.mark.parametrize(
    ("code", "lines", "allowed"),
    [
        ("AC", TD1, True),
        ("AI", TD1, False),
        ("IV", TD1, False),
        ("P<", TD1, False),
        ("V<", TD1, False),
        ("AC", TD2, False),
        ("AI", TD2, True),
        ("PM", TD3, True),
        ("P1", TD3, False),
        ("VX", MRV_A, True),
    ],
)
def test_document_codes(code: str, lines: tuple[str, ...], allowed: bool) -> None:
    found = codes(code + lines[0][2:], *lines[1:])

    assert (("document_code_not_allowed", "document_code") not in found) == allowed


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("UTO", "specimen"),
        ("ANT", "state_code_withdrawn"),
        ("NTZ", "state_code_withdrawn"),
        ("XCT", "state_code_unlisted"),
    ],
)
def test_a_remark_about_a_code_of_a_state_leaves_the_reading_right(code: str, finding: str) -> None:
    reading = read_mrz(f"P<{code}{TD3[0][5:]}\n{TD3[1]}", today=TODAY)

    assert reading.ok
    assert (finding, "issuer") in codes(*reading.lines)


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXX"])
def test_a_code_of_persons_is_a_nationality_and_issues_nothing(code: str) -> None:
    issued = read_mrz(f"P<{code}{TD3[0][5:]}\n{TD3[1]}", today=TODAY)
    held = read_mrz(f"{TD3[0]}\n{TD3[1][:10]}{code}{TD3[1][13:]}", today=TODAY)

    assert not issued.ok
    assert ("state_code_of_persons", "issuer") in codes(*issued.lines)
    assert held.ok


def test_a_number_does_not_begin_with_a_filler() -> None:
    number = "<898902C3"
    reading = read_mrz(f"{MRV_A[0]}\n{number}{check_digit(number)}{MRV_A[1][10:]}", today=TODAY)

    assert not reading.ok
    assert [f.code for f in reading.findings if not f.informative] == ["number_form"]
    assert reading.number == number


@pytest.mark.parametrize("overflow", ["734", "7", "<<<"], ids=["no filler", "no rest", "none"])
def test_a_long_number_has_a_rest_a_check_digit_and_a_filler(overflow: str) -> None:
    optional = overflow.ljust(15, "1" if overflow == "734" else "<")
    reading = read_mrz(f"I<NERABC123456<{optional}\n{TD1[1]}\n{TD1[2]}", today=TODAY)

    assert ("number_overflow_malformed", "number") in codes(*reading.lines)
    assert not reading.ok


def test_optional_data_after_a_long_number_and_of_both_lines_are_kept() -> None:
    reading = read_mrz(
        "I<NERD23145890<7349<XYZ<<<<<<<\n7408122F2904157NERABC<<<<<<<<0\n" + TD1[2], today=TODAY
    )

    assert (reading.number, reading.optional) == ("D23145890734", "XYZ ABC")


@pytest.mark.parametrize(
    ("birth", "value", "finding"),
    [
        ("74<<12", PartialDate(1974), "date_part_unused"),
        ("<<0812", None, "date_part_unused"),
        ("740001", None, "date_not_allowed"),
        ("7408<1", None, "date_not_allowed"),
    ],
)
def test_births_that_are_no_plain_dates(
    birth: str, value: PartialDate | None, finding: str
) -> None:
    reading = read_mrz(with_birth(birth + "0"), today=TODAY)

    assert reading.birth == value
    assert (finding, "birth") in codes(*reading.lines)


def test_a_birth_lies_before_the_expiry_of_the_document() -> None:
    zone = with_birth("2008120")

    assert read_mrz(zone, today=TODAY).birth == PartialDate(1920, 8, 12)
    assert read_mrz(zone.replace("F120415", "F290415"), today=TODAY).birth == PartialDate(
        2020, 8, 12
    )


def test_an_incomplete_expiry_is_reported() -> None:
    reading = read_mrz(f"{TD3[0]}\n{TD3[1].replace('F120415', 'F1204<<')}", today=TODAY)

    assert reading.expiry == PartialDate(2012, 4)
    assert ("date_incomplete", "expiry") in codes(*reading.lines)


def test_an_unspecified_sex_is_none_and_an_x_is_reported() -> None:
    unspecified = read_mrz(TD3[0] + "\n" + TD3[1].replace("2F1", "2<1"), today=TODAY)
    printed_x = read_mrz(TD3[0] + "\n" + TD3[1].replace("2F1", "2X1"), today=TODAY)

    assert (unspecified.sex, unspecified.ok) == (None, True)
    assert (printed_x.sex, printed_x.ok) == ("X", False)


def test_only_given_names_are_read_and_reported() -> None:
    reading = read_mrz("P<NER<<MOHAMMED".ljust(44, "<") + "\n" + TD3[1], today=TODAY)

    assert (reading.surname, reading.given_names) == ("", "MOHAMMED")
    assert ("surname_missing", "name") in codes(*reading.lines)


def test_a_zone_that_came_without_breaks_is_shown_in_its_lines() -> None:
    assert read_mrz("".join(TD1), today=TODAY).lines == TD1
    assert read_mrz("".join(TD3), today=TODAY).lines == TD3
