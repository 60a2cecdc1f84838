"""Opening a chip and reading its files, against the virtual chip; then passive authentication over them."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.documents.chip import TrustStore, Unreadable, import_file, read_chip
from openmidas.documents.chip.access import ChipFiles, Password, read_files
from openmidas.documents.mrz import read_mrz
from tests.documents.chip.made import MRZ, NOW, StateOfOurs, face_record, group_2, jpeg, tlv
from tests.documents.chip.virtual import PACE, VirtualChip, card_access, files_of, pace_info

UTOPIA = StateOfOurs()
ZONE = Password.of_zone(read_mrz(MRZ, today=date(2026, 11, 27)))
BY_CAN = Password.of_can("123456")
AES = pace_info("AES-128", 13)


def whole(*infos: bytes) -> dict[int, bytes]:
    return files_of(UTOPIA.groups, UTOPIA.sod, *infos)


def codes(found: ChipFiles) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in found.findings]


@pytest.mark.parametrize("extended", [False, True])
def test_bac_reads_what_the_state_wrote(extended: bool) -> None:
    chip = VirtualChip(whole())
    found = read_files(chip, ZONE, extended=extended)
    assert (found.access, found.cipher, found.findings) == ("BAC", "3DES", ())
    assert found.files == {
        "COM": chip.files[0x011E],
        "SOD": chip.files[0x011D],
        **{f"DG{one}": file for one, file in UTOPIA.groups.items()},
    }
    store, _said = import_file(TrustStore(), "ut.cer", UTOPIA.authority.certificate, by="A", at=NOW)
    reading = read_chip(found.files, store, at=NOW)
    assert (
        reading.authentication.outcome == "issuer_unknown"
    )  # one person alone does not make trust
    assert set(reading.authentication.groups.values()) == {"same"}


@pytest.mark.parametrize(
    ("cipher", "parameters"),
    [*((cipher, 12) for cipher in PACE), ("AES-128", 13), ("AES-192", 15), ("AES-256", 17)],
)
def test_pace_on_each_curve_with_each_cipher(cipher: str, parameters: int) -> None:
    chip = VirtualChip(whole(pace_info(cipher, parameters)), bac=False)
    found = read_files(chip, ZONE, groups=(1,))
    assert (found.access, found.cipher, found.findings) == ("PACE", cipher, ())
    assert found.files["DG1"] == UTOPIA.groups[1]


def test_pace_takes_the_number_on_the_card() -> None:
    found = read_files(VirtualChip(whole(AES)), BY_CAN, groups=(1,))
    assert (found.access, found.files["DG1"]) == ("PACE", UTOPIA.groups[1])


def test_the_strongest_of_several_ways_is_taken_and_named() -> None:
    infos = [AES, pace_info("AES-256", 12), pace_info("AES-256", 15), pace_info("AES-128", 0)]
    found = read_files(VirtualChip(whole(*infos)), ZONE, groups=(1,))
    assert (found.access, found.cipher) == ("PACE", "AES-256")


def test_a_chip_with_other_mappings_only_is_opened_by_bac_and_that_is_said() -> None:
    found = read_files(VirtualChip(whole(pace_info("AES-128", 13, mapping=4))), ZONE, groups=(1,))
    assert (found.access, codes(found)) == ("BAC", [("pace_unknown", "CardAccess")])


def test_a_spoilt_card_access_leaves_bac() -> None:
    files = whole() | {0x011C: tlv(0x31, b"\x30\x7f")}
    found = read_files(VirtualChip(files), ZONE, groups=(1,))
    assert (found.access, codes(found)) == ("BAC", [("cut_short", "CardAccess")])


@pytest.mark.parametrize(("signed", "differs"), [(AES, False), (pace_info("AES-128", 12), True)])
def test_card_access_is_held_against_what_is_signed(signed: bytes, differs: bool) -> None:
    groups = UTOPIA.groups | {14: tlv(0x6E, card_access(signed))}
    found = read_files(VirtualChip(files_of(groups, UTOPIA.sod, AES)), ZONE)
    assert codes(found) == ([("card_access_differs", "CardAccess")] if differs else [])


@pytest.mark.parametrize("infos", [(), (AES,)])
@pytest.mark.parametrize("extended", [False, True])
def test_a_face_beyond_32_kb_is_read_to_its_end(extended: bool, infos: tuple[bytes, ...]) -> None:
    picture = jpeg()[:-2] + bytes(range(256)) * 180 + b"\xff\xd9"
    groups = UTOPIA.groups | {2: group_2(tlv(0x5F2E, face_record(picture)))}
    chip = VirtualChip(files_of(groups, UTOPIA.sod, *infos))
    found = read_files(chip, ZONE, groups=(2,), extended=extended)
    assert found.files["DG2"] == groups[2]
    assert not found.findings


def test_fingers_are_not_asked_for() -> None:
    files = files_of(UTOPIA.groups | {3: tlv(0x63, b"1")}, UTOPIA.sod)
    assert "DG3" not in read_files(VirtualChip(files), ZONE).files


@pytest.mark.parametrize("infos", [(), (AES,)])
def test_another_zone_opens_nothing(infos: tuple[bytes, ...]) -> None:
    other = Password.of_fields("L898902C4", "740812", "320415")
    with pytest.raises(Unreadable) as error:
        read_files(VirtualChip(whole(*infos)), other)
    assert (error.value.code, error.value.params) == ("access_denied", {"status": "6300"})


def test_a_card_number_does_not_open_a_chip_without_pace() -> None:
    with pytest.raises(Unreadable, match="password_bac"):
        read_files(VirtualChip(whole()), BY_CAN)


def test_a_chip_that_is_no_document() -> None:
    with pytest.raises(Unreadable, match="not_a_document"):
        read_files(lambda _command: b"\x6a\x82", ZONE)


@pytest.mark.parametrize("text", ["", "12345", "12345a", "１２３４５６"])
def test_what_is_no_card_number(text: str) -> None:
    with pytest.raises(Unreadable, match="password_can"):
        Password.of_can(text)


def test_what_is_no_zone() -> None:
    with pytest.raises(Unreadable, match="password_zone"):
        Password.of_zone(read_mrz("P<UTO", today=date(2026, 11, 27)))


def test_a_password_shows_its_text_to_nobody() -> None:
    assert "L898" not in repr(ZONE)


def test_a_long_number_of_an_identity_card() -> None:
    lines = (
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    )
    reading = read_mrz("\n".join(lines), today=date(2026, 11, 27))
    assert Password.of_zone(reading).text == "D23145890734934071279507122"
