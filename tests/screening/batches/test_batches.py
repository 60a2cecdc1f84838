"""Many travellers in one file, whatever its form."""

from __future__ import annotations

import pytest

from openmidas.documents import PartialDate
from openmidas.screening import ListError
from openmidas.screening.batches import Batch, read_batch
from tests.screening.formats.support import file
from tests.screening.formats.test_own import workbook

MANIFEST = """UNB+UNOA:4+1H:ZZ+APIS:FR+071008:1200+1++APIS'
UNH+1+PAXLST:D:02B:UN:IATA+OK688+01:C'
BGM+745'
NAD+MS+++CARRIER'
TDT+20+OK688'
NAD+FL+++STRANSKY:JAROSLAV'
ATT+2++M'
DTM+329:670610'
LOC+178+ZDN'
NAT+2+CZE'
DOC+V:110:111+VISA99'
DOC+I:110:111+102865098'
LOC+91+CZE'
NAD+FL+++N?'DIAYE:AWA:FATOU'
ATT+2++F'
DTM+329:19691209:102'
NAT+2+SEN'
DOC+P:110:111+35485167'
DTM+36:080911'
LOC+91+SEN'
NAD+FM++KONE:ISSA'
DTM+329:99'
CNT+42:2'
CNT+41:1'
UNT+39+1'
"""


def people(batch: Batch) -> list[tuple[str, str, str, tuple[str, ...], str | None]]:
    """Surname, given names, birth, numbers and issuer of each."""
    found = []
    for traveller in batch.travellers:
        assert traveller.person is not None
        person = traveller.person
        births = ",".join(birth.text() for birth in person.births)
        found.append((*person.names[0], births, person.numbers, person.number_issuer))
    return found


EXPECTED = [
    ("STRANSKY", "JAROSLAV", "1967-06-10", ("102865098",), "CZE"),
    ("N'DIAYE", "AWA FATOU", "1969-12-09", ("35485167",), "SEN"),
    ("KONE", "ISSA", "", (), None),
]


def odd_signs(text: str) -> str:
    """Other signs between elements, named by UNA."""
    changed = text.replace("'\n", "~").replace("?'", "'").replace("+", "*").replace(":", "|")
    return f"UNA|*.? ~{changed}"


class TestManifest:
    @pytest.mark.parametrize(
        "text",
        [
            MANIFEST,
            f"UNA:+.? '{MANIFEST}",
            MANIFEST.replace("\n", ""),
            MANIFEST.replace("\n", "\r\n"),
            odd_signs(MANIFEST),
            MANIFEST.replace("N?'DIAYE", "N DIAYE").replace("'", ""),
            MANIFEST[MANIFEST.index("UNH") :],
        ],
    )
    def test_travellers_are_read_however_the_signs_are(self, text: str) -> None:
        found = people(read_batch(file(text)))
        apostrophe = "N DIAYE" if "N DIAYE" in text else "N'DIAYE"
        assert found == [(one[0].replace("N'DIAYE", apostrophe), *one[1:]) for one in EXPECTED]

    def test_the_other_facts_are_read_and_a_bad_date_is_named(self) -> None:
        first, second, third = (one.person for one in read_batch(file(MANIFEST)).travellers)
        assert first is not None
        assert second is not None
        assert third is not None
        assert (first.sex, first.nationalities) == ("M", ("CZE",))
        assert (second.sex, second.nationalities) == ("F", ("SEN",))
        assert [wrong.code for wrong in third.wrong] == ["no_date"]

    def test_a_wrong_count_is_told_and_costs_nobody(self) -> None:
        batch = read_batch(file(MANIFEST.replace("CNT+42:2", "CNT+42:200")))
        assert people(batch) == EXPECTED
        assert [(one.field, one.code) for one in batch.problems] == [("CNT", "wrong_count")]
        assert not read_batch(file(MANIFEST)).problems

    def test_a_broken_segment_and_a_cut_end_cost_no_other(self) -> None:
        broken = MANIFEST.replace("BGM+745", "+++:::").replace("TDT+20", "T" * 9_000)
        batch = read_batch(file(broken[: broken.index("CNT")] + "NAD+F"))
        assert people(batch) == EXPECTED
        assert [one.code for one in batch.problems] == ["unreadable_line"] * 2 + ["missing"]

    def test_a_year_of_two_figures_is_never_in_the_future(self) -> None:
        batch = read_batch(file(MANIFEST.replace("670610", "500610")))
        assert people(batch)[0][2] == "1950-06-10"


class TestTables:
    def test_a_table_reads_like_a_list_of_the_state(self) -> None:
        text = (
            "N°;Nom;Prénoms;Né le;Sexe;N° de passeport;Délivré par;Siège\n"
            "7;KONÉ;Awa;12/08/1974;F;B0123;Mali;12A\n"
        )
        batch = read_batch(file(text))
        assert people(batch) == [("KONÉ", "Awa", "1974-08-12", ("B0123",), "MLI")]
        assert batch.travellers[0].id == "7"
        assert [column.meaning for column in batch.columns][-1] == ""

    def test_a_workbook_too_and_a_row_without_a_person_is_named(self) -> None:
        data = workbook(("Nom", "Né le"), ("KONÉ", "1974"), (None, "1980"))
        first, second = read_batch(file(data)).travellers
        assert first.person is not None
        assert first.person.births == (PartialDate(1974),)
        assert second.wrong is not None
        assert (second.line, second.wrong.code) == (3, "no_name")


class TestOddManifests:
    """As carriers and their machines send them, beside what the guide says."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            # No UNA, a line a segment, a count that is wrong, a number without its code list.
            (
                "UNB+UNOA:4+AIR'\nUNH+1+PAXLST:D:12B:UN:IATA'\nNAD+FL+++KONE:AWA'\n"
                "DTM+329:19800203'\nDOC+P+A1234567'\nLOC+91+MLI'\nCNT+42:3'\nUNT+7+1'\n",
                [("CNT", "wrong_count")],
            ),
            # Signs of its own, and a name that holds the sign for elements.
            (
                "UNA|;.? ~UNB;UNOA|4~UNH;1;PAXLST|D|12B~NAD;FL;;;KONE|AWA~DTM;329|19800203~"
                "DOC;P;A1234567~LOC;91;MLI~CNT;42|1~UNT;1;1~",
                [],
            ),
            # No apostrophe at all: lines are the segments, and nothing says that it ended.
            (
                "UNB+UNOA:4\nUNH+1+PAXLST\nNAD+FL+++KONE:AWA\nDTM+329:800203\n"
                "DOC+P+A1234567\nLOC+91+MLI\n",
                [("UNT", "missing")],
            ),
            # A mark of UTF-8, empty lines, a visa behind the passport, a count that is no number.
            (
                "\ufeff\r\nUNA:+.? '\r\nUNB+UNOC:4'\r\n\r\nUNH+1+PAXLST'\r\n"
                "NAD+FL+++KONE:AWA'\r\nDTM+329:19800203'\r\nDOC+P+A1234567'\r\nLOC+91+ML'\r\n"
                "DOC+V+99'\r\nLOC+91+FR'\r\nCNT+42:x'\r\nUNT'\r\n",
                [],
            ),
            # Cut in the middle of a second traveller's birth.
            (
                "UNA:+.? 'UNB+UNOA:4'UNH+1+PAXLST'NAD+FL+++KONE:AWA'DTM+329:19800203'"
                "DOC+P+A1234567'LOC+91+MLI'NAD+FL+++SOW:BI",
                [("UNT", "missing")],
            ),
        ],
    )
    def test_the_traveller_is_read_and_what_is_odd_is_told(
        self, text: str, told: list[tuple[str, str]]
    ) -> None:
        batch = read_batch(file(text))
        assert people(batch)[0] == ("KONE", "AWA", "1980-02-03", ("A1234567",), "MLI")
        assert [(one.field, one.code) for one in batch.problems] == told

    def test_a_second_message_without_its_end_is_told(self) -> None:
        text = "UNB+UNOA:4'UNH+1+PAXLST'NAD+FL+++KONE:AWA'UNT+3+1'UNH+2+PAXLST'NAD+FL+++SOW:BINTA'"
        batch = read_batch(file(text))
        assert [one.code for one in batch.problems] == ["missing"]
        assert len(batch.travellers) == 2


def test_json_lines_are_those_of_the_interface() -> None:
    good, bad = read_batch(file('{"id": "x", "name": "Awa KONE"}\noops\n')).travellers
    assert (good.id, good.line) == ("x", 1)
    assert bad.wrong is not None
    assert (bad.line, bad.wrong.code) == (2, "not_json")


@pytest.mark.parametrize(
    ("data", "code"),
    [("", "no_columns"), ("UNB+UNOA:4+A+B'", "empty"), ("a,b\n1,2\n", "no_columns")],
)
def test_a_file_with_nobody_is_refused(data: str, code: str) -> None:
    with pytest.raises(ListError) as caught:
        read_batch(file(data))
    assert caught.value.code == code
