"""Lists of lost documents as they come: columns, languages, encodings, and rows that say nothing."""

from __future__ import annotations

import gzip
import io
from typing import BinaryIO, cast

import pytest

from openmidas.screening import ListError
from openmidas.screening.lost import LostReport, LostRow, Reason, WrongRow, read_lost
from openmidas.screening.lost.reasons import month_text

PLAIN = "number,type,issuer,date,reason\nA1234567,P,MLI,2019-03-12,stolen\n"
STOLEN = ("MLI", ("passport",), "A1234567", "stolen", "2019-03")


def read(
    text: str | bytes, *, issuer: str = "", removed: bool = False, encoding: str = ""
) -> tuple[list[LostRow], list[WrongRow], LostReport]:
    wrong: list[WrongRow] = []
    report = LostReport(wrong.append)
    data = text.encode() if isinstance(text, str) else text
    stream = io.BytesIO(data)
    rows = list(read_lost(stream, report, issuer=issuer, removed=removed, encoding=encoding))
    return rows, wrong, report


def told(row: LostRow) -> tuple[str, tuple[str, ...], str, str, str]:
    return row.issuer, row.sorts, row.number, row.reason, month_text(row.month)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        "A1234567,P,MLI,2019-03-12,stolen\n",
        "Motif;Pays émetteur;N° du document;Type;Date\nvolé;Mali;A 123-4567;Passeport;12/03/2019\n",
        "Document Number|Document Type|Country of Issue|Date of Theft|Status\n"
        '"A1234567"|Passport|ML|12.03.2019|STOLEN\n',
        "Número;Tipo;País emisor;Fecha;Motivo\nA1234567;pasaporte;Mali;20190312;robado\n",
    ],
)
def test_a_document_is_read_however_the_list_is_laid_out(text: str) -> None:
    rows, wrong, report = read(text)
    assert [told(row) for row in rows] == [STOLEN]
    assert wrong == []
    assert (report.rows, report.taken, report.left_out) == (1, 1, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets_are_understood(encoding: str) -> None:
    text = "Numéro;Type;Pays émetteur;Date;Motif\nA1234567;P;Guinée;2019-03-12;volé\n"
    rows, wrong, _ = read(text.encode(encoding), encoding="cp1252" if encoding == "cp1252" else "")
    assert [told(row)[::3] for row in rows] == [("GIN", "stolen")]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["", "klingon", "utf-8"])
def test_an_encoding_is_named_and_never_guessed(encoding: str) -> None:
    text = "Numéro;Type;Pays émetteur;Date;Motif\nA1234567;P;Guinée;2019-03-12;volé\n"
    with pytest.raises(ListError, match="wrong_encoding"):
        read(text.encode("cp1252"), encoding=encoding)


def test_what_cannot_be_understood_is_told_with_its_line_and_costs_no_other() -> None:
    lines = [
        "",
        "XX,P,MLI,,",
        "A1234568,P,Nowhere,,",
        ",P,MLI,,",
        'A12"34569,P,MLI,,',
        "A1234570,P",
        "A1234571,P,MLI,,",
    ]
    rows, wrong, report = read(PLAIN + "\n".join(lines))
    assert [row.number for row in rows] == ["A1234567", "A1234571"]
    assert [(row.line, row.code, row.left_out) for row in wrong] == [
        (4, "unreadable_number", True),
        (5, "unknown_state", True),
        (6, "missing", True),
        (7, "unbalanced_quote", True),
        (8, "missing", True),
    ]
    assert wrong[1].text == "A1234568,P,Nowhere,,"
    assert (report.rows, report.taken, report.left_out) == (7, 2, 5)


def test_a_field_that_says_nothing_known_leaves_the_document_on_the_list() -> None:
    rows, wrong, report = read(PLAIN + "A1234568,Zeppelin,MLI,yesterday,eaten\n")
    assert told(rows[1]) == ("MLI", ("passport", "identity", "visa"), "A1234568", "other", "")
    assert [(row.field, row.text) for row in wrong] == [
        ("type", "Zeppelin"),
        ("reason", "eaten"),
        ("date", "yesterday"),
    ]
    assert report.left_out == 0


def test_a_list_of_one_state_need_not_name_it() -> None:
    rows, _, _ = read("number,reason\nA1234567,lost\n", issuer="GIN")
    assert [told(row)[0] for row in rows] == ["GIN"]
    with pytest.raises(ListError) as refused:
        read("number,reason\nA1234567,lost\n")
    assert refused.value.code == "not_this_list"


@pytest.mark.parametrize(
    ("header", "row"),
    [("action", "delete"), ("action", "Retrouvé"), ("reason", "recovered")],
)
def test_a_row_may_take_a_document_off(header: str, row: str) -> None:
    rows, wrong, report = read(f"number,issuer,{header}\nA1234567,MLI,{row}\n")
    assert [one.removed for one in rows] == [True]
    assert (wrong, report.taken, report.removed) == ([], 0, 1)


def test_a_file_of_removals_takes_all_off() -> None:
    assert [row.removed for row in read(PLAIN, removed=True)[0]] == [True]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2019-03", "2019-03"),
        ("2019-03-12T10:00:00Z", "2019-03"),
        ("03/2019", "2019-03"),
        ("03/25/2019", "2019-03"),
        ("1985-06-01", "2000-01"),
        ("2019", ""),
        ("2019-13-01", ""),
    ],
)
def test_months_are_read_as_far_as_they_are_sure(text: str, month: str) -> None:
    assert told(read(PLAIN.replace("2019-03-12", text))[0][0])[4] == month


def test_the_last_line_counts_without_an_end() -> None:
    assert len(read(PLAIN.rstrip("\n"))[0]) == 1


def test_a_line_without_end_is_told_and_takes_no_memory() -> None:
    huge = PLAIN.encode() + b"A" * 5_000_000 + b",P,MLI,,\nB1234567,P,MLI,,\n"
    rows, wrong, _ = read(huge)
    assert [row.number for row in rows] == ["A1234567", "B1234567"]
    assert [(row.code, row.line) for row in wrong] == [("too_long", 3)]
    assert len(wrong[0].text) <= 500


def test_bytes_of_no_encoding_are_told_where_they_stand() -> None:
    good = "".join(f"C{number:07},P,MLI,,\n" for number in range(30_000)).encode()
    rows, wrong, _ = read(PLAIN.encode() + good + b"A12\xff4567,P,MLI,,\nB1234567,P,MLI,,\n")
    assert [row.number for row in rows[-1:]] == ["B1234567"]
    assert [row.code for row in wrong] == ["unreadable_number"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"PK\x03\x04\x00\x00", "wrong_encoding"),
        (b"<?xml version='1.0'?><list/>", "not_this_list"),
        (b"a,b,c\n1,2,3\n", "not_this_list"),
    ],
)
def test_another_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ListError) as refused:
        read(data)
    assert refused.value.code == code


def test_a_compressed_file_that_ends_in_the_middle_is_told() -> None:
    whole = gzip.compress(PLAIN.encode() * 1000)
    with (
        gzip.open(io.BytesIO(whole[: len(whole) // 2])) as stream,
        pytest.raises(ListError) as refused,
    ):
        list(read_lost(cast(BinaryIO, stream), LostReport()))
    assert refused.value.code == "truncated"


def test_reasons_stand_in_several_languages() -> None:
    words = {"perte": Reason.LOST, "volée": Reason.STOLEN, "vierge volé": Reason.STOLEN_BLANK}
    words |= {"annulé": Reason.REVOKED, "roubado": Reason.STOLEN, "": Reason.NOT_TOLD}
    for word, reason in words.items():
        assert read(PLAIN.replace("stolen", word))[0][0].reason is reason
