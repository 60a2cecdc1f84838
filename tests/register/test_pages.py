"""The pages of the book: what each may do there, what stays in a form, and what headquarters sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.nodes.models import LastReport
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.register import writing
from openmidas.register.entries import Ground, OrderedBy
from openmidas.register.models import Occurrence, Relaxation, Shift
from tests.register.conftest import Book, was_off
from tests.rights.conftest import acquaint, complained
from tests.support.cast import client_of, english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def browser(officer: Officer) -> Client:
    return english(client_of(officer))


@pytest.fixture
def room(book: Book) -> Client:
    """Boubacar's browser."""
    return browser(book.cast.boubacar)


@pytest.fixture
def office(book: Book) -> Client:
    """The head of post's browser."""
    return browser(book.cast.coumba)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def duty(officer: Officer, what: str) -> dict[str, str]:
    return {f"duty-{officer.id}": what}


class TestOpening:
    def test_the_page_says_what_to_do_where_no_shift_is_open(self, room: Client) -> None:
        page = text(room.get(reverse("shift")))
        assert "No shift is open." in page
        assert reverse("shift-open") in page

    def test_with_a_team(self, book: Book, room: Client) -> None:
        form = text(room.get(reverse("shift-open")))
        assert "Aminata Keïta" in form
        assert "Djibril" not in form
        team = duty(book.cast.boubacar, "in_charge") | duty(book.cast.aminata, "lane")
        answer = room.post(reverse("shift-open"), {"id": str(issue_id()), **team})
        assert answer.url == reverse("shift")
        page = text(room.get(reverse("shift")))
        assert "Boubacar Traoré" in page
        assert "In charge of the shift" in page
        assert room.get(reverse("shift-open")).url == reverse("shift")

    def test_what_was_chosen_stays_where_it_is_refused(self, book: Book, room: Client) -> None:
        team = duty(book.cast.aminata, "lane")
        id = str(issue_id())
        page = text(room.post(reverse("shift-open"), {"id": id, **team}), 409)
        assert "One officer of the team is in charge, and one only." in page
        assert '<option value="lane" selected>' in page
        assert id in page
        assert "Enter a valid date/time" in text(
            room.post(reverse("shift-open"), {"id": id, "moment": "noon", **team}), 422
        )


class TestTheShiftOnDuty:
    def test_counts_by_itself(self, book: Book, room: Client) -> None:
        book.opened()
        book.crossed()
        book.refused()
        book.referred("SP0000005")
        page = text(room.get(reverse("shift")))
        assert "<dt>Entries</dt><dd>1</dd>" in page
        assert "<dt>Refusals decided</dt><dd>1</dd>" in page
        assert "<dt>Travellers at the second line</dt><dd>1</dd>" in page
        assert "Entry, at the second line still" in page

    def test_complaints_are_counted_and_not_told(self, book: Book, room: Client) -> None:
        acquaint()
        book.opened()
        complained()
        page = text(room.get(reverse("shift")))
        assert "<dt>Complaints without an answer</dt><dd>1</dd>" in page

    def test_a_line_is_written_and_put_right(self, book: Book, room: Client) -> None:
        book.opened()
        write = reverse("shift-occurrence")
        said = {"id": str(issue_id()), "words": "Visite du préfet"}
        assert room.post(write, said).url == reverse("shift")
        assert room.post(write, said).url == reverse("shift")
        first = Occurrence.objects.get()
        room.post(
            write, {"id": str(issue_id()), "words": "Du sous-préfet", "corrects": str(first.id)}
        )
        page = text(room.get(reverse("shift")))
        assert "corrects line 1" in page
        assert "corrected later" in page

    def test_a_line_of_the_shift_before_is_put_right(self, book: Book, room: Client) -> None:
        wrong, old = issue_id(), book.opened()
        writing.note_occurrence(book.aminata, wrong, "Visite du préfet")
        book.handed_over(old)
        said = {"id": str(issue_id()), "words": "Du sous-préfet", "corrects": str(wrong)}
        assert room.post(reverse("shift-occurrence"), said).url == reverse("shift")
        assert "corrects line 1 · 2" in text(room.get(reverse("shift")))
        assert "corrected later" in text(room.get(reverse("shift-earlier", args=[old.id])))
        said = {"id": str(issue_id()), "words": "Du maire", "corrects": str(issue_id())}
        page = text(room.post(reverse("shift-occurrence"), said), 422)
        assert "The line that you correct does not stand in the book." in page

    def test_a_correction_of_no_line_of_the_book_is_refused(self, book: Book, room: Client) -> None:
        book.opened()
        said = {"id": str(issue_id()), "words": "Du maire", "corrects": str(issue_id())}
        page = text(room.post(reverse("shift-occurrence"), said), 422)
        assert "The line that you correct does not stand in the book." in page
        assert not Occurrence.objects.exists()

    def test_what_was_typed_stays(self, book: Book, room: Client) -> None:
        book.opened()
        later = (node_time() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        said = {"id": str(issue_id()), "words": "Visite du préfet", "moment": later}
        page = text(room.post(reverse("shift-occurrence"), said), 409)
        assert "Visite du préfet" in page
        assert "That has not been yet" in page
        assert not Occurrence.objects.exists()

    def test_what_was_saved_with_something_else_can_be_sent_as_well(
        self, book: Book, room: Client
    ) -> None:
        book.opened()
        id = str(issue_id())
        room.post(reverse("shift-occurrence"), {"id": id, "words": "Visite du préfet"})
        page = text(room.post(reverse("shift-occurrence"), {"id": id, "words": "Du maire"}), 409)
        assert "Du maire" in page
        assert f'name="id" value="{id}"' not in page

    def test_a_line_without_a_shift_is_refused_in_words(self, room: Client) -> None:
        said = {"id": str(issue_id()), "words": "Visite du préfet"}
        page = text(room.post(reverse("shift-occurrence"), said), 409)
        assert "No shift is open at this post. Open one first." in page
        assert "Visite du préfet" in page

    def test_who_is_in_charge_relaxes_checks_and_ends_that(self, book: Book, room: Client) -> None:
        book.opened()
        assert reverse("shift-relax") not in text(browser(book.cast.aminata).get(reverse("shift")))
        order = {"ground": "crowd", "ordered_by": "in_charge", "words": "Sortie des riverains"}
        assert (
            room.post(reverse("shift-relax"), {"id": str(issue_id()), **order}).status_code == 302
        )
        assert "Checks are relaxed." in text(room.get(reverse("shift")))
        row = Relaxation.objects.get()
        room.post(reverse("shift-relaxation-end", args=[row.id]))
        assert "Checks are relaxed." not in text(room.get(reverse("shift")))

    def test_a_relaxation_without_words_stays_in_the_form(self, book: Book, room: Client) -> None:
        book.opened()
        order = {"id": str(issue_id()), "ground": "weather", "ordered_by": "headquarters"}
        page = text(room.post(reverse("shift-relax"), order), 422)
        assert '<option value="weather" selected>' in page
        assert '<details class="card" open>' in page

    def test_one_that_was_forgotten_is_told(self, book: Book, room: Client) -> None:
        row = book.opened()
        Shift.objects.filter(id=row.id).update(since=node_time() - timedelta(hours=30))
        assert "open for more than a day" in text(room.get(reverse("shift")))


class TestEnding:
    def test_handing_over_leads_to_the_sheet(self, book: Book, room: Client) -> None:
        row = book.opened()
        form = text(room.get(reverse("shift-hand-over")))
        assert "What waits" in form
        said = {
            "id": str(issue_id()),
            "shift": str(row.id),
            "words": "Le groupe électrogène tousse",
            **duty(book.cast.coumba, "in_charge"),
        }
        answer = room.post(reverse("shift-hand-over"), said)
        assert answer.url == reverse("shift-earlier", args=[row.id])
        page = text(room.get(answer.url))
        sheet = reverse("shift-sheet", args=[row.id, "fr"])
        assert sheet in page
        assert "Le groupe électrogène tousse" in page
        pdf = room.get(sheet)
        assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
        assert room.get(sheet.replace("fr.pdf", "xx.pdf")).status_code == 404
        assert "Coumba Sidibé" in text(room.get(reverse("shift")))

    def test_closing_says_when_it_ended(self, book: Book, room: Client) -> None:
        row = book.opened()
        said = {"shift": str(row.id), "words": "Nuit"}
        assert room.get(reverse("shift-close")).status_code == 200
        answer = room.post(reverse("shift-close"), said)
        assert answer.url == reverse("shift-earlier", args=[row.id])
        assert room.post(reverse("shift-close"), said).url == answer.url
        page = text(room.get(reverse("shift")))
        assert "The last shift" in page
        assert "Nuit" in page
        assert room.get(reverse("shift-close")).status_code == 200

    def test_what_was_typed_after_somebody_else_ended_it_is_kept(
        self, book: Book, room: Client
    ) -> None:
        row, then = book.handed_over(book.opened())
        for name, id in (("shift-hand-over", str(issue_id())), ("shift-close", "")):
            said = {"id": id, "shift": str(row.id), "words": "Le groupe électrogène tousse"}
            said |= duty(book.cast.boubacar, "in_charge")
            page = text(room.post(reverse(name), said), 409)
            assert "Le groupe électrogène tousse" in page
            assert f'name="shift" value="{then.id}"' in page
            assert f'value="{row.id}"' not in page
            assert not id or f'value="{id}"' not in page
        book.closed(then)
        page = text(room.post(reverse("shift-close"), said), 409)
        assert "This shift has ended already." in page
        assert "Le groupe électrogène tousse" in page

    def test_a_shift_on_duty_has_no_sheet(self, book: Book, room: Client) -> None:
        row = book.opened()
        assert room.get(reverse("shift-sheet", args=[row.id, "fr"])).status_code == 404


class TestEarlierOnes:
    def test_the_head_of_post_sees_all(self, book: Book, office: Client) -> None:
        assert "No shift was opened at this post yet." in text(office.get(reverse("shifts")))
        row = book.closed(book.opened(), "Rien à signaler")
        page = text(office.get(reverse("shifts")))
        assert "Rien à signaler" in page
        assert reverse("shift-earlier", args=[row.id]) in page

    def test_others_see_theirs_and_the_last(self, book: Book, room: Client) -> None:
        old = book.closed(book.opened(team=book.team(book.cast.coumba), actor=book.coumba))
        Shift.objects.filter(id=old.id).update(closed_by=book.cast.coumba.id)
        aminata = browser(book.cast.aminata)
        assert aminata.get(reverse("shift-earlier", args=[old.id])).status_code == 200
        book.closed(book.opened())
        assert aminata.get(reverse("shift-earlier", args=[old.id])).status_code == 404
        assert aminata.get(reverse("shift-sheet", args=[old.id, "fr"])).status_code == 404


class TestAtHeadquarters:
    def test_a_day_of_all_posts_with_how_much_was_attended(self, book: Book) -> None:
        row = book.opened(node_time() - timedelta(minutes=1))
        book.crossed()
        writing.relax(book.boubacar, issue_id(), Ground.CROWD, OrderedBy.HEADQUARTERS, "Sorties")
        book.closed(row, "Rien à signaler")
        with book.at_headquarters():
            desk = browser(book.cast.djibril)
            page = text(desk.get(reverse("hq-shifts")))
            assert "Boubacar Traoré" in page
            assert "<td>not known</td>" in page
        was_off(node_time() - timedelta(days=2), node_time())
        LastReport.objects.update(known_until=node_time())
        with book.at_headquarters():
            assert " h (" in text(desk.get(reverse("hq-shifts")))
            one = text(desk.get(reverse("hq-shift", args=[row.id])))
            assert "Rien à signaler" in one
            assert "Sorties" in one
            yesterday = {"day": (node_time() - timedelta(days=1)).date().isoformat()}
            assert "no shift was opened" in text(desk.get(reverse("hq-shifts"), yesterday))

    def test_a_day_that_is_none_is_told_and_an_unknown_post_as_well(self, book: Book) -> None:
        with book.at_headquarters():
            desk = browser(book.cast.djibril)
            assert "Enter a valid date" in text(desk.get(reverse("hq-shifts"), {"day": "x"}), 422)
            assert desk.get(reverse("hq-shifts"), {"post": str(issue_id())}).status_code == 422
            for day in ("0001-01-01", "9999-12-31"):
                assert desk.get(reverse("hq-shifts"), {"day": day}).status_code == 422
