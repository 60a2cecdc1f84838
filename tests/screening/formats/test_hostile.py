"""Files that are made to do harm end soon, within bounds, and say where."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from openmidas.screening import ListError, ListFile
from openmidas.screening.formats.draft import MOST_PIECES
from openmidas.screening.formats.text_rows import LONGEST_BLANK
from openmidas.screening.formats.xml_records import LONGEST_PIECE, MOST_ELEMENTS, xml_records
from openmidas.screening.lost.reading import MOST_WRONG, LostReport, read_lost
from tests.screening.formats.support import only, problems, read

NOTHING = ",".join(["-0- "] * 7)
UK = "Name 6,Name 1,Group Type,Alias Type,Regime,Group ID\n"


def european(body: str) -> str:
    return (
        '<export generationDate="2026-01-01T00:00:00+00:00">\n<sanctionEntity logicalId="1">\n'
        f'<subjectType code="person"/>\n{body}</sanctionEntity></export>'
    )


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (f'<nameAlias wholeName="{"x" * (LONGEST_PIECE + 1_000_000)}"/>', "line_too_long", "4"),
        (f"<remark>{'x' * (LONGEST_PIECE + 1_000_000)}</remark>", "line_too_long", "4"),
        ("<nameAlias/>\n" * (MOST_ELEMENTS + 1), "record_too_large", None),
    ],
)
def test_a_tag_or_a_listing_without_end_is_refused(body: str, code: str, line: str | None) -> None:
    with pytest.raises(ListError, match=code) as refused:
        read("eu", european(body))
    assert int(refused.value.params["line"]) <= MOST_ELEMENTS + 5
    assert line is None or refused.value.params["line"] == line


def test_sections_without_end_above_the_records_are_not_kept() -> None:
    stream = io.BytesIO(b"<LIST>" + b"<A/>" * 1000 + b"<A><B/></A></LIST>")
    root, *records = xml_records(stream, 1_000_000, {"LIST": 2})
    assert [record.within for record in records] == ["A"]
    assert len(root.element) == 0


def test_names_beyond_measure_are_cut_and_told() -> None:
    rows = "".join(f"NAME{at},A,Individual,AKA,Mali,1\n" for at in range(MOST_PIECES + 10))
    found = read("uk", "Last Updated,03/06/2026\n" + UK + rows)
    assert len(only(found).names) == MOST_PIECES
    assert problems(found) == [("1", "Name", "too_long")]


def test_a_row_that_repeats_fills_no_room() -> None:
    rows = "NAME,A,Individual,Primary name,Mali,1\n" * (MOST_PIECES + 10)
    found = read("uk", "Last Updated,03/06/2026\n" + UK + rows)
    assert len(only(found).names) == 1
    assert not found.problems


def test_an_open_quote_at_the_end_shows_half_a_file() -> None:
    row = f'101,"SANYON, Burema","individual","SDGT",{NOTHING},"DOB 1950; POB Ga'
    with pytest.raises(ListError, match="truncated") as refused:
        read("ofac", row)
    assert refused.value.params == {"line": "1"}


@pytest.mark.parametrize("words", ["ID " * 6_000 + "(", "Passport " * 2_000 + "x"])
def test_words_without_end_in_a_remark_take_no_time(words: str) -> None:
    rows = "".join(
        f'{at},"SANYON, B","individual","SDGT",{NOTHING},"{words}"\n' for at in range(50)
    )
    found = read("ofac", rows, '101,1,"aka","X",-0- \n', '101,1,"R","G","M",-0- \n')
    assert len(found.edition.listings) == 50


def test_blank_lines_without_end_are_refused() -> None:
    with pytest.raises(ListError, match="line_too_long"):
        read("uk", "Last Updated,03/06/2026\n" + UK + "\n" * (3 * LONGEST_BLANK))


def test_a_link_of_everybody_with_everybody_says_nothing() -> None:
    ids = [f"p{at}" for at in range(2_000)]
    people = [{"id": id, "schema": "Person", "properties": {"name": [f"A {id}"]}} for id in ids]
    link = {"id": "f", "schema": "Family", "properties": {"person": ids, "relative": ids}}
    found = read("ftm", "".join(json.dumps(each) + "\n" for each in (*people, link)))
    assert problems(found) == [("f", "Family", "too_long")]


def test_what_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json.gz"
    with gzip.open(path, "wb") as packed:
        for _ in range(40):
            packed.write(b" " * 1_000_000)
    with ListFile.at(path).opened() as stream, pytest.raises(ListError, match="malformed"):
        stream.read(40_000_000)


def test_a_list_of_documents_that_has_none_is_given_up() -> None:
    rows = io.BytesIO(b"number;type;issuer\n" + b"x\n" * (MOST_WRONG + 10))
    report = LostReport()
    with pytest.raises(ListError, match="not_this_list"):
        list(read_lost(rows, report))
    assert report.rows == MOST_WRONG
