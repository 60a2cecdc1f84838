"""A table, a chart, a CSV and an XLSX of the same question agree to the unit."""

from __future__ import annotations

import csv
import io
import re
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from openmidas.flows import long_table
from openmidas.flows.answers import answer
from openmidas.flows.dimensions import Dimension
from openmidas.flows.files import table_file
from openmidas.flows.long_table import long_file
from openmidas.flows.models import Tally
from openmidas.flows.questions import Question
from openmidas.flows.views import flows as views
from openmidas.journal.models import new_id
from tests.conftest import HQ, POST
from tests.flows.made import LABBEZANGA, crossing, happened
from tests.support.cast import Cast, at_node, client_of, refusal

pytestmark = pytest.mark.usefixtures("pages")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY = date(2026, 3, 3)


@pytest.fixture
def analyst(cast: Cast) -> Iterator[Client]:
    with at_node(HQ):
        client = client_of(cast.djibril)
        client.cookies["midas_language"] = "en"
        yield client


def read_csv(content: bytes) -> tuple[list[list[str]], dict[str, str]]:
    """The table, and what it is about."""
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    end = lines.index([])
    return lines[:end], dict(lines[end + 1 :])  # type: ignore[arg-type]  # pairs


def read_xlsx(content: bytes) -> tuple[list[list[str]], dict[str, str]]:
    """The same of a workbook whose texts stand in their cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        table, about = (
            [[_text(cell) for cell in row] for row in _rows(book, number)] for number in (1, 2)
        )
    return table, dict(about)  # type: ignore[arg-type]  # pairs


def _rows(book: zipfile.ZipFile, sheet: int) -> Iterator[Element]:
    yield from fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{SHEET}row")


def _text(cell: Element) -> str:
    assert cell.find(f"{SHEET}f") is None, "a formula"
    return "".join(cell.itertext())


def read_page(content: str) -> list[list[str]]:
    """The table of the page."""
    table = content.partition("table--numbers")[2].partition("</table>")[0]
    rows = [re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", row) for row in table.split("</tr>")]
    return [[cell.replace(",", "") for cell in row] for row in rows if row]


def drawn(content: str) -> list[int]:
    """All numbers of the chart."""
    parts = re.findall(r'data-value="(\d+)"', content)
    lines = ",".join(re.findall(r'data-values="([\d,]+)"', content))
    return [int(value) for value in [*parts, *filter(None, lines.split(","))]]


def body(client: Client, name: str, form: str, **asked: object) -> bytes:
    response = client.get(reverse(name, args=[form]), asked)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)  # type: ignore[arg-type]  # a file, not a coroutine


def some_flows() -> None:
    happened(
        crossing(
            DAY + timedelta(days=n % 40),
            (POST, LABBEZANGA)[n % 3 == 0],
            nationality=("MLI", "GIN", "SEN", "")[n % 4],
            sex="FM"[n % 2],
            direction=("entry", "exit")[n % 5 == 0],
        )
        for n in range(1234)
    )


@pytest.mark.parametrize(
    ("rows", "columns"),
    [("nationality", "sex"), ("day", "post"), ("month", ""), ("age", "month"), ("post", "")],
)
def test_all_four_agree_to_the_unit(analyst: Client, rows: str, columns: str) -> None:
    some_flows()
    asked = {"start": DAY, "end": DAY + timedelta(days=35), "rows": rows, "columns": columns}
    page = analyst.get(reverse("flows"), asked).content.decode()
    as_csv, about_csv = read_csv(body(analyst, "flows-table", "csv", **asked))
    as_xlsx, about_xlsx = read_xlsx(body(analyst, "flows-table", "xlsx", **asked))
    assert as_csv == as_xlsx == read_page(page)
    total = int(as_csv[-1][-1])
    assert sum(drawn(page)) == total > 1000
    assert sum(int(row[-1]) for row in as_csv[1:-1]) == total
    del about_csv["Made"], about_xlsx["Made"]
    assert about_csv == about_xlsx
    assert about_csv["Period"] == f"{DAY} – {DAY + timedelta(days=35)}"
    assert "not known, no post has reported" in about_csv["What these numbers cover"]


def test_files_have_what_the_page_gathers(analyst: Client) -> None:
    codes = [f"{a}{b}{c}" for a in "ABC" for b in "ABC" for c in "ABC"]
    happened(crossing(DAY, nationality=code) for code in codes)
    asked = {"start": DAY, "end": DAY, "rows": "sex", "columns": "nationality"}
    page = read_page(analyst.get(reverse("flows"), asked).content.decode())
    assert len(page[0]) == 1 + 12 + 1 + 1
    assert page[0][-2:] == ["others", "Total"]
    assert page[-1][-2:] == ["15", "27"]
    table, _about = read_csv(body(analyst, "flows-table", "csv", **asked))
    assert len(table[0]) == 1 + 27 + 1


def test_what_looks_like_a_formula_is_text(analyst: Client) -> None:
    happened([crossing(DAY, nationality="=1"), crossing(DAY, nationality="@x")])
    asked = {"start": DAY, "end": DAY, "rows": "nationality", "columns": ""}
    table, _about = read_csv(body(analyst, "flows-table", "csv", **asked))
    assert [row[0] for row in table[1:-1]] == ["'=1", "'@x"]
    table, _about = read_xlsx(body(analyst, "flows-table", "xlsx", **asked))
    assert [row[0] for row in table[1:-1]] == ["=1", "@x"]


@pytest.mark.parametrize("by", ["nationality", "conveyance", ""])
def test_the_long_table_adds_up_to_the_same(analyst: Client, by: str) -> None:
    some_flows()
    asked = {"start": DAY, "end": DAY + timedelta(days=20), "decision": "", "by": by}
    table, about = read_csv(body(analyst, "flows-long", "csv", **asked))
    assert (table, about["Period"]) == (
        read_xlsx(body(analyst, "flows-long", "xlsx", **asked))[0],
        f"{DAY} – {DAY + timedelta(days=20)}",
    )
    head = ["day", "post", "post_name", "direction", "decision", *([by] if by else []), "crossings"]
    assert table[0] == head
    assert table[1][:3] == ["2026-03-03", str(POST), "Kourémalé"]
    question = Question(start=DAY, end=DAY + timedelta(days=20), rows=Dimension.POST, decision="")
    assert sum(int(row[-1]) for row in table[1:]) == answer(question).total
    assert table[1:] == sorted(table[1:])


def test_a_sheet_that_cannot_hold_it_is_not_begun(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened([crossing(DAY), crossing(DAY, nationality="GIN")])
    monkeypatch.setattr(long_table, "MOST_LINES", 2)
    question = Question(start=DAY, end=DAY, rows=Dimension.POST)
    with refusal("question.too_long_for_a_sheet"):
        long_file(question, Dimension.NATIONALITY, "xlsx")
    with long_file(question, Dimension.NATIONALITY, "csv") as file:
        assert len(read_csv(file.read())[0]) == 3


def test_who_comes_third_is_told_to_wait(analyst: Client) -> None:
    with views._LONG_AT_ONCE, views._LONG_AT_ONCE:
        response = analyst.get(reverse("flows-long", args=["csv"]), {"start": DAY, "end": DAY})
    assert response.status_code == 422
    assert "Try again in a minute" in response.content.decode()
    body(analyst, "flows-long", "csv", start=DAY, end=DAY)


def test_other_formats_are_not_there(analyst: Client) -> None:
    for name in ("flows-table", "flows-long"):
        assert analyst.get(reverse(name, args=["ods"])).status_code == 404


def many_tallies(days: int) -> None:
    """600 lines of the long table by sex for each day."""
    posts = [UUID(int=POST.int + n) for n in range(100)]
    Tally.objects.bulk_create(
        (
            Tally(
                id=new_id(), node=post, span="d", start=DAY + timedelta(days=n), number=n + 1,
                direction=direction, status="admitted", facet="s", value=value,
            )
            for n in range(days) for post in posts for direction in ("entry", "exit")
            for value in ("F", "M", "")
        ),
        batch_size=5000,
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_hundred_thousand_lines_take_seconds(cast: Cast, form: str) -> None:
    many_tallies(170)
    question = Question(start=DAY, end=DAY + timedelta(days=200), rows=Dimension.POST)
    began = time.process_time()  # whatever else this machine has to do
    with long_file(question, Dimension.SEX, form) as file:
        assert time.process_time() - began < 20
        size = file.seek(0, io.SEEK_END)
    assert size > 400_000


@pytest.mark.long
@pytest.mark.both
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_three_times_the_lines_take_no_more_memory(cast: Cast, form: str) -> None:
    many_tallies(36)

    def most(days: int) -> int:
        question = Question(start=DAY, end=DAY + timedelta(days=days - 1), rows=Dimension.POST)
        tracemalloc.start()
        with long_file(question, Dimension.SEX, form):
            _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(1)  # what is loaded once is loaded
    assert most(36) < most(12) * 1.3


def test_the_generation_time_is_told(cast: Cast) -> None:
    question = Question(start=DAY, end=DAY, rows=Dimension.POST)
    with at_node(HQ), override("fr"), table_file(answer(question), "csv") as file:
        _table, about = read_csv(file.read())
    assert about["Établi"].startswith(timezone.localdate().isoformat())
