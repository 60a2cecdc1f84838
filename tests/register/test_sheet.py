"""The closing sheet: what stands on it, in both languages, and that it is a PDF without a link."""

from __future__ import annotations

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.journal import NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.witnesses import short
from openmidas.register import writing
from openmidas.register.entries import Ground, OrderedBy
from openmidas.register.sheet.filling import fill
from openmidas.register.sheet.setting import set_sheet
from tests.exchange.peers import befriend, receipt_by
from tests.journal.test_forgeries import hold
from tests.register.conftest import Book

pytestmark = pytest.mark.django_db
AT = 1_760_000_000_000


def own() -> Journal:
    return Journal.objects.get(node=this_node().id)


def test_it_tells_who_what_and_how_far_the_journal_went(book: Book) -> None:
    shift = book.opened()
    book.refused()
    writing.relax(book.boubacar, issue_id(), Ground.CROWD, OrderedBy.HEADQUARTERS, "Sorties")
    writing.note_occurrence(book.aminata, issue_id(), "Visite du préfet")
    row = book.closed(shift, "Le groupe est à surveiller")
    sheet = fill(row, "en")
    assert sheet.title == "Closing sheet of the shift"
    assert {one.value for one in sheet.facts} >= {"Boubacar Traoré", "Aminata Keïta"}
    assert "– False or altered document" in {one.label for one in sheet.numbers}
    assert sheet.note == "Le groupe est à surveiller"
    assert [one.what for part in sheet.parts for one in part.told] == [
        "Sorties",
        "Visite du préfet",
    ]
    assert sheet.journal[1].value == short(bytes(own().hash))
    assert sheet.journal[2].value.startswith("None yet")
    assert fill(row, "fr").title == "Fiche de clôture de la vacation"
    assert fill(row, "en").parts[0].none == "No relaxation was written down."
    assert fill(row, "fr").signatures == ("Remet le service", "Prend le service", "Chef de poste")


def test_it_tells_whether_headquarters_holds_the_shift(book: Book) -> None:
    pen, _hq = befriend(NodeKind.HQ, name="Bamako")
    shift = book.opened()
    hold(receipt_by(pen, own().place(), AT))
    row = book.closed(shift)
    assert fill(row, "en").journal[2].value.startswith("Bamako holds it up to entry")
    HeldReceipt.objects.all().delete()
    hold(receipt_by(pen, own().place(), AT))
    assert fill(row, "en").journal[2].value.startswith("Bamako holds this shift whole")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_set_as_pdf(book: Book, language: str) -> None:
    shift = book.opened()
    writing.note_occurrence(book.aminata, issue_id(), "#panic() $x$ *gras* \\")
    pdf = set_sheet(fill(book.closed(shift), language))
    assert pdf.startswith(b"%PDF")
