"""Manifests as companies give them, and as an attacker would."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from openmidas.crossings.conveyances.entries import ManifestLine, Source
from openmidas.crossings.conveyances.limits import MOST, MOST_FILE_BYTES, MOST_TEXT
from openmidas.crossings.conveyances.reading import (
    ReadManifest,
    read_manifest_file,
    read_manifest_text,
)
from openmidas.documents import PartialDate
from openmidas.screening import ListError
from tests.support.cast import refusal

TODAY = date(2026, 11, 27)
AWA = ManifestLine(
    name="TRAORE Awa", number="SP0000001", nationality="MLI", birth=PartialDate(1991, 3, 8)
)


def file(data: bytes | str, encoding: str = "") -> ReadManifest:
    raw = data.encode() if isinstance(data, str) else data
    return read_manifest_file(raw, "bus.csv", encoding, TODAY)


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "TRAORE Awa; SP0000001; MLI; 1991-03-08",
        "Nom;Prénoms;N° de passeport;Nationalité;Date de naissance\nTRAORE;Awa;SP0000001;Mali;8/3/1991",
        "Sonef, car du matin\n\nFull name,Date of birth,Seat,Document number,Nationality\n"
        "TRAORE Awa,08/03/1991,12,SP0000001,Malian\n",
    ],
)
def test_the_columns_are_told_by_their_headings_or_by_their_order(text: str) -> None:
    read = file(text)
    assert (read.lines, read.problems, read.source) == ((AWA,), (), Source.CSV)


def test_a_workbook_is_read_with_its_dates() -> None:
    read = file(
        sheet(
            ("Nom et prénoms", "Numéro de document", "Nationalité", "Date de naissance"),
            ("TRAORE Awa", "SP0000001", "MLI", date(1991, 3, 8)),
            (None, None, None, None),
            ("Issa", None, None, 1980),
        )
    )
    assert read.source is Source.XLSX
    assert read.lines == (AWA, ManifestLine(name="Issa", birth=PartialDate(1980)))


def test_what_is_typed_may_be_names_alone_with_their_commas() -> None:
    read = read_manifest_text("DIALLO, Mamadou\nAwa\n\n", TODAY)
    assert [line.name for line in read.lines] == ["DIALLO, Mamadou", "Awa"]


def test_rows_that_are_not_understood_come_back_and_nothing_is_lost() -> None:
    text = (
        "TRAORE Awa; SP0000001; MLI; 1991-03-08\n"
        "Issa; ; Atlantis\n"
        "Moussa; ; ; the day before yesterday\n"
        "; ; MLI\n"
        "Awa again; SP0000001\n"
        f"{'A' * 121}"
    )
    read = read_manifest_text(text, TODAY)
    assert read.lines == (AWA,)
    assert [(problem.row, problem.code) for problem in read.problems] == [
        *((2, "nationality"), (3, "birth"), (4, "nobody")),
        *((5, "twice"), (6, "too_long")),
    ]
    assert read.text == text
    assert read_manifest_text(read.text, TODAY) == read


@pytest.mark.parametrize("text", ["", " \n ;;; \n", "Full name;Nationality\n"])
def test_nobody_is_no_manifest(text: str) -> None:
    with refusal("manifest.empty"):
        read_manifest_text(text, TODAY)


def test_a_manifest_is_bounded() -> None:
    assert len(file("Awa\n" * MOST).lines) == MOST
    with refusal("manifest.too_many"):
        file("Awa\n" * (MOST + 1))
    with refusal("manifest.too_large"):
        read_manifest_text("A" * (MOST_TEXT + 1), TODAY)


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (64 * 1024 * 1024))
    return made.getvalue()


def entities() -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(("Full name",), ("Awa",)))) as source,
        zipfile.ZipFile(made, "w") as archive,
    ):
        for part in source.namelist():
            data = source.read(part)
            if part.endswith("workbook.xml"):
                head = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lol">]>'
                data = head + data[data.index(b"<workbook") :]
            archive.writestr(part, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"A" * (10 * 1024 * 1024), "too_large"),
        (bomb(), "too_large"),
        (entities(), "forbidden_markup"),
        (b"PK\x03\x04 and no more", "malformed"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "not_this_list"),
        ("TRAORÉ Awa".encode("cp1252"), "wrong_encoding"),
        (b'"TRAORE Awa; SP0000001\n', "truncated"),
    ],
)
def test_what_is_no_manifest_is_not_read(data: bytes, code: str) -> None:
    assert MOST_FILE_BYTES < 10 * 1024 * 1024
    with pytest.raises(ListError) as refused:
        file(data)
    assert refused.value.code == code


def test_another_encoding_is_read_when_it_is_said() -> None:
    assert file("TRAORÉ Awa".encode("cp1252"), "cp1252").lines[0].name == "TRAORÉ Awa"
    assert file("TRAORÉ Awa".encode("utf-16")).lines[0].name == "TRAORÉ Awa"


def test_signs_that_cannot_be_stored_are_told() -> None:
    read = file("Awa\x07; SP0000001")
    assert [problem.code for problem in read.problems] == ["unprintable"]
