"""A State's own list as a table: headings in two languages, whatever is missing or beside them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from openmidas.screening import ColumnRead, ListError
from openmidas.screening.own.columns import MEANINGS
from openmidas.screening.own.template import template_csv, template_xlsx
from tests.screening.formats.support import (
    births,
    details,
    documents,
    names,
    only,
    problems,
    read,
)

FRENCH = (
    "RÉPUBLIQUE DU MALI;;;;;\n"
    "N°;Nom;Prénoms;Autres noms;Surnom;Né(e) le;Lieu de naissance;Sexe;Nationalité;"
    "N° de passeport;Délivré par;Type de document 2;Numéro de document 2;Délivré par 2;"
    "Catégorie;Motif;Base légale;Inscrit le;Couleur\n"
    "P1;DIALLO;Mamadou;Jallow Mamadu|M. Diallo;Le Tigre;vers 1974;Gao;M;Mali;"
    "B0123;Mali;CNI;77001;Niger;vol;Vol de véhicule;Art. 12;02/01/2026;rouge\n"
)
ENGLISH = "Reference,Full name,Date of birth,Passport number\nP1,Awa KONE,1980-12-31,B77\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook with these rows."""
    data = io.BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def test_french_headings_are_understood() -> None:
    found = read("national", FRENCH)
    person = only(found)
    assert person.id == "P1"
    assert names(person) == [
        ("Mamadou DIALLO", "primary", "Latn"),
        ("Jallow Mamadu", "good", "Latn"),
        ("M. Diallo", "good", "Latn"),
        ("Le Tigre", "low", "Latn"),
    ]
    assert births(person) == [("1973-01-01", "1975-12-31", "vers 1974")]
    assert (person.sex, person.nationalities, person.programme) == ("M", ("MLI",), "vol")
    assert documents(person) == [("passport", "B0123", "MLI"), ("national_id", "77001", "NER")]
    assert (person.remarks, person.listed_on) == ("Vol de véhicule", date(2026, 1, 2))
    assert {("birth_place", "Gao"), ("note", "Base légale: Art. 12")} <= set(details(person))


def test_each_column_is_reported_and_an_unknown_one_is_kept() -> None:
    found = read("national", FRENCH)
    assert found.columns[5] == ColumnRead("Né(e) le", "birth")
    assert found.columns[-1] == ColumnRead("Couleur", "")
    assert ("note", "Couleur: rouge") in details(only(found))
    assert problems(found) == [("", "Couleur", "unknown_column"), ("", "", "unknown_field")]


def test_english_headings_are_understood() -> None:
    person = only(read("national", ENGLISH))
    assert names(person) == [("Awa KONE", "primary", "Latn")]
    assert documents(person) == [("passport", "B77", None)]


def test_rows_of_one_reference_are_one_listing() -> None:
    found = read("national", ENGLISH + "P1,Ava CONE,,C88\n")
    assert [name for name, _, _ in names(only(found))] == ["Awa KONE", "Ava CONE"]
    assert len(only(found).documents) == 2


def test_what_a_row_lacks_or_has_too_much_is_told() -> None:
    found = read("national", ENGLISH + "P2,,1970,\n,Ali BA,soon,,,beyond\n")
    assert [listing.id for listing in found.edition.listings] == ["P1", "row-4"]
    assert problems(found) == [
        ("row 4", "id", "missing"),
        ("P2", "name", "missing"),
        ("row-4", "Date of birth", "unreadable_date"),
        ("row-4", "row 4", "unknown_field"),
    ]
    assert found.edition.listings[1].unread == ("Date of birth: soon", "row 4: beyond")


def test_a_workbook_reads_like_a_table() -> None:
    born, number = datetime(1974, 8, 12, tzinfo=UTC).replace(tzinfo=None), 77001.0
    data = workbook(("Référence", "Nom", "Né le", "N° CNI"), ("P1", "KONÉ", born, number))
    person = only(read("national", data))
    assert births(person) == [("1974-08-12", "1974-08-12", "1974-08-12")]
    assert documents(person) == [("national_id", "77001", None)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_template_is_understood_whole(language: str) -> None:
    for data in (template_csv(language), template_xlsx(language)):  # type: ignore[arg-type]  # one of two
        with pytest.raises(ListError, match="empty"):
            read("national", data)
    headings = template_csv(language).decode("utf-8-sig").strip()  # type: ignore[arg-type]  # one of two
    sign = ";" if language == "fr" else ","
    row = sign.join("x" for _ in MEANINGS)
    columns = read("national", f"{headings}\n{row}\n").columns
    assert [column.meaning for column in columns] == [meaning.code for meaning in MEANINGS]


def test_windows_text_is_read_when_its_encoding_is_named() -> None:
    data = FRENCH.encode("cp1252")
    with pytest.raises(ListError, match="wrong_encoding"):
        read("national", data)
    assert only(read("national", data, encoding="cp1252")).programme == "vol"


def test_utf_16_is_told_by_its_mark() -> None:
    assert only(read("national", FRENCH.encode("utf-16"))).id == "P1"


def test_a_workbook_that_swells_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    assert len(data.getvalue()) < 100_000
    with pytest.raises(ListError, match="too_large"):
        read("national", data.getvalue(), limit=10_000_000)


def test_a_workbook_with_entities_is_refused() -> None:
    good = workbook(("Nom", "Né le"), ("KONÉ", "1974"))
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            new.writestr(part, text)
    with pytest.raises(ListError, match="forbidden_markup"):
        read("national", data.getvalue())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "empty"),
        ("a,b,c\n1,2,3\n", "no_columns"),
        ("Nom;Né le\n", "empty"),
        (b"PK\x03\x04" + b"junk" * 50, "malformed"),
        (b"\xd0\xcf\x11\xe0" + b"junk" * 50, "not_this_list"),
        (f'Nom;Né le\n"{"A" * 17_000_000}', "line_too_long"),
        (b"\xff\xd8\xff\xe0 a picture", "wrong_encoding"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: str | bytes, code: str) -> None:
    with pytest.raises(ListError) as caught:
        read("national", data)
    assert caught.value.code == code


def test_a_row_far_beyond_any_sheet_does_not_keep_us_waiting() -> None:
    good = workbook(("Nom", "Né le"), ("KONÉ", "1974"))
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'r="2"', b'r="1999999999"'))
    with pytest.raises(ListError, match="empty"):
        read("national", data.getvalue())


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openmidas.screening.own.rows.MOST_ROWS", 3)
    assert read("national", "Nom;Né le\nKONÉ;1974\nBAH;1980\n").edition.listings
    with pytest.raises(ListError, match="too_many_rows"):
        read("national", "Nom;Né le\nKONÉ;1974\nBAH;1980\nBA;1981\n")


def test_a_row_with_a_number_and_no_name_is_a_document_by_itself() -> None:
    found = read("national", "Nom;Numéro de passeport;Motif\n;A1234567;volé\n;;perdu\n")
    listing = only(found)
    assert (listing.kind, listing.names) == ("document", ())
    assert documents(listing) == [("passport", "A1234567", None)]
    assert ("row-3", "name", "missing") in problems(found)
