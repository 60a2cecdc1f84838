"""``midas read mrz``: documents in, one JSON object a line out, whatever comes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents import read_mrz
from openmidas.documents.commands import main
from openmidas.documents.commands.answers import as_answer, as_line, as_text
from openmidas.documents.commands.languages import LANGUAGES
from openmidas.documents.commands.zone_text import lines_of, read_zone, zones

TODAY = date(2026, 11, 21)
SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
)
WRONG = SPECIMEN[:-1] + "1"
DATA = Path(__file__).parents[1] / "data"


def answers(capfdbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_a_document_a_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "zones.txt"
    file.write_text(f"\n{SPECIMEN}\n\n \t\nP<UTO\n\n{WRONG}", encoding="utf-8", newline="\r\n")

    assert main(["mrz", str(file), "--json", "--lang", "en", "--today", "2026-11-21"]) == 0

    right, none, wrong = answers(capfdbinary)
    assert {name: value for name, value in right.items() if name not in ("findings", "lines")} == {
        "format": "TD3",
        "ok": True,
        "document_code": "P",
        "issuer": "UTO",
        "number": "L898902C3",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "nationality": "UTO",
        "birth": "1974-08-12",
        "expiry": "2012-04-15",
        "sex": "F",
        "optional": "ZE184226B",
        "name_truncated": False,
        "number_blind": [
            {"position": 1, "read": "L", "may_be": "1", "likely": True},
            {"position": 2, "read": "8", "may_be": "S", "likely": True},
            {"position": 4, "read": "8", "may_be": "S", "likely": False},
            {"position": 6, "read": "0", "may_be": "U", "likely": False},
        ],
    }
    assert (none["format"], none["ok"]) == (None, False)
    assert [one["code"] for one in none["findings"]] == ["not_mrz"]
    assert not wrong["ok"]
    assert {
        "code": "check_digit_wrong",
        "field": "composite",
        "message": "The check digit is 1 and should be 0.",
        "paragraph": "Doc 9303-3, 4.9",
    } in wrong["findings"]


def test_for_people_in_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "zones.txt"
    file.write_text(WRONG, encoding="utf-8")
    assert main(["mrz", str(file), "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert "ERIKSSON, ANNA MARIA  UTO  1974-08-12  F  2012-04-15  non conforme" in said
    assert "Le chiffre de contrôle est 1 et devrait être 0." in said
    assert "prouve : 1 (L/1), 2 (8/S), 4 (8/S), 6 (0/U)." in said


def test_names_of_fields_and_paragraphs_are_french_too() -> None:
    said = as_text(read_mrz(SPECIMEN.replace("122F", "I22F"), today=TODAY), "fr")
    assert "  émetteur : « UTO »" in said
    assert "Doc 9303-3, 5, partie G" in said
    assert "  naissance : « 7408I2 » a été pris pour « 740812 »." in said


def test_a_name_that_fills_its_place_is_said_to_be_so() -> None:
    full = "P<UTO" + "NAMES<<" + "ABCDEFGH<" * 4
    zone = full[:44] + SPECIMEN[44:]
    assert "may be cut short" in as_text(read_mrz(zone, today=TODAY), "en")
    assert "cut short" not in as_text(read_mrz(SPECIMEN, today=TODAY), "en")


def test_no_document_speaks_to_the_terminal() -> None:
    said = as_text(read_mrz(SPECIMEN.replace("ANNA", "\x1b[2\u202e"), today=TODAY), "en")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\\x1b" in said
    assert "\x1b" not in as_text(read_mrz("\x1b]0;owned\x07\u202eUTO", today=TODAY), "fr")


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_text_as_programs_on_windows_write_it(coding: str, tmp_path: Path) -> None:
    mark = "\ufeff" if coding.endswith("e") else ""
    file = tmp_path / "zones.txt"
    file.write_bytes((mark + SPECIMEN + "\n\n" + WRONG).replace("\n", "\r\n").encode(coding))
    with file.open("rb") as opened:
        assert list(zones(lines_of(opened))) == [SPECIMEN, WRONG]


def test_spaces_in_the_lines_are_left_out_and_said() -> None:
    spaced = SPECIMEN.replace("<<ANNA", "<< ANNA").replace("UTO7408", " UTO\t7408")
    reading = read_zone(spaced, today=TODAY)
    assert (reading.number, reading.surname, reading.ok) == ("L898902C3", "ERIKSSON", False)
    assert reading.findings[0].code == "spaces"
    assert reading.lines == tuple(spaced.split("\n"))


def test_a_space_in_the_place_of_a_filler_is_not_left_out() -> None:
    reading = read_zone(SPECIMEN.replace("ANNA<", "ANNA "), today=TODAY)
    assert reading.format == "TD3"
    assert "spaces" not in [finding.code for finding in reading.findings]


def test_half_a_character_is_answered() -> None:
    said = as_line(read_mrz(SPECIMEN.replace("ANNA", "AN\ud800A"), today=TODAY), "en")
    answer = json.loads(said)

    assert "AN?A" in answer["lines"][0]
    assert "position 18: “?” does not stand" in answer["findings"][0]["message"]


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mrz", str(tmp_path / "none"), "--lang", "en"]) == 1
    assert "none” cannot be read: there is no such file" in capsys.readouterr().err


def test_nothing_given_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").write_bytes(b"\n \n")
    assert main(["mrz", str(tmp_path / "empty"), "--lang", "en"]) == 1
    assert capsys.readouterr().err == "midas: No zone was given.\n"


def test_no_django_and_no_node() -> None:
    code = (
        "import sys; from openmidas.cli import main; status = main(['read', 'mrz', '--json']);"
        "sys.exit(status or 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=SPECIMEN.encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["number"] == "L898902C3"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["edge-cases.json", "strings.json"])
def test_every_finding_has_words(name: str, language: Any) -> None:
    for case in json.loads((DATA / name).read_text(encoding="utf-8")):
        said = as_text(read_mrz("\n".join(case["lines"]), today=TODAY), language)
        assert "{" not in said


def _spoilt(draw: st.DrawFn) -> bytes:
    """A zone with some of its characters changed, lost or put in twice; or anything."""
    raw = bytearray(SPECIMEN.encode())
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(raw) - 1))
        raw[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
        raw = raw or bytearray(b"P")
    return bytes(raw)


@given(st.lists(st.binary(max_size=120) | st.composite(_spoilt)(), max_size=4))
@settings(max_examples=300)
def test_whatever_comes_is_answered(pieces: list[bytes]) -> None:
    lines = [line + b"\n" for piece in pieces for line in [*piece.split(b"\n"), b""]]
    for zone in zones(lines):
        reading = read_zone(zone, today=TODAY)
        for language in LANGUAGES:
            assert json.loads(as_line(reading, language)) == json.loads(
                json.dumps(as_answer(reading, language))
            )
            assert as_text(reading, language)
