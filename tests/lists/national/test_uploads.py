"""A State's own table given on a page: what is understood of it, row by row, and what becomes of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from openmidas.lists.local import UploadedList
from openmidas.lists.national import proposals, uploads
from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import Said
from openmidas.lists.national.models import ListingProposal, NationalListing
from openmidas.lists.national.previewing import Preview, TableFile, preview
from openmidas.lists.views import from_file
from openmidas.nodes.services import node_day, node_time
from openmidas.screening import ListError, write_template
from openmidas.screening.own import write_table
from tests.support.cast import Cast, acting, client_of, refusal
from tests.support.national import Desk, said

HEADINGS = (
    "Référence;Nom;Prénoms;Date de naissance;Nationalité;Numéro de passeport;Catégorie;Base légale;"
    "Autorité;Conduite à tenir;À revoir le;Nature\n"
)
ROWS = (
    "P1;KONÉ;Awa;1974-08-12;Mali;A1234567;Interdiction d’entrée;Décret 3;Tribunal de Gao;12;;\n"
    "P2;DIALLO;Mamadou;bientôt;GIN;;;;;;;\n"
    "P3;;;1980;;;;;;;;\n"
    "P4;Diallo et frères;;;;;;;;;;société\n"
    "P5;BAH;Oumar;1990;;;;;;;2001-01-01;\n"
)
TABLE = TableFile("police.csv", (HEADINGS + ROWS).encode())


def common(**changes: object) -> Said:
    nobody = {"names": (), "births": (), "sex": None, "nationalities": (), "documents": ()}
    return said(**{**nobody, **changes})


def read(table: TableFile = TABLE, **changes: object) -> Preview:
    return preview(table, common(**changes), node_day())


class TestPreview:
    def test_every_row_is_a_listing_or_told_why_not(self, desk: Desk) -> None:
        found = read()
        assert [one.names[0].text for one in found.said] == ["Awa KONÉ", "Mamadou DIALLO"]
        assert (found.rows, found.rows_taken) == (5, 2)
        assert [(one.row, one.column, one.code) for one in found.left_out] == [
            (4, "name", "missing"),
            (5, "", "entity"),
            (6, "expires_past", "said.expires_past"),
        ]

    def test_what_was_taken_with_a_doubt_is_told_with_its_place(self, desk: Desk) -> None:
        (doubt,) = read().doubts
        assert (doubt.row, doubt.column, doubt.code, doubt.text) == (
            3, "Date de naissance", "unreadable_date", "bientôt",
        )  # fmt: skip
        assert "bientôt" in read().said[1].reason

    def test_a_rows_own_word_goes_before_what_was_said_for_all(self, desk: Desk) -> None:
        own, plain = read().said
        assert own.category is Category.ENTRY_BAN
        assert (own.legal_basis, own.authority) == ("Décret 3", "Tribunal de Gao")
        assert own.action is Action.SECOND_LINE
        assert (plain.category, plain.legal_basis) == (Category.ARREST, "Warrant 12/2026")
        assert "Tribunal" not in own.reason

    @pytest.mark.parametrize(("word", "action"), [
        ("Inform headquarters", Action.INFORM), ("Appeler le siège", Action.CALL_HQ),
        ("call_hq", Action.CALL_HQ), ("13", Action.INFORM),
    ])  # fmt: skip
    def test_actions_are_known_by_word_and_code(
        self, desk: Desk, word: str, action: Action
    ) -> None:
        (one,) = read(TableFile("x.csv", f"Nom;Action\nKONE;{word}\n".encode())).said
        assert one.action is action

    def test_an_unknown_word_is_kept_and_told(self, desk: Desk) -> None:
        found = read(TableFile("x.csv", b"Nom;Action;Review on\nKONE;shout;soon\n"))
        assert [(one.column, one.code) for one in found.doubts] == [
            ("Action", "unknown_value"), ("Review on", "unreadable_date"),
        ]  # fmt: skip
        assert "shout" in found.said[0].reason

    def test_rows_of_one_reference_are_one_listing(self, desk: Desk) -> None:
        text = "Référence;Nom;Autre nom\nP1;KONE Awa;\nP1;;KONATE Awa\n"
        found = read(TableFile("x.csv", text.encode()))
        assert (len(found.said), found.rows, found.rows_taken) == (1, 2, 2)

    def test_the_template_that_was_filled_in_is_read(self, desk: Desk) -> None:
        sheet = load_workbook(io.BytesIO(write_template("x.xlsx", "en")))
        headings = [str(cell.value) for cell in sheet.worksheets[0][1]]
        row = ["" for _ in headings]
        row[headings.index("Full name")] = "Awa KONE"
        row[headings.index("Date of birth")] = "1974"
        found = read(TableFile("x.xlsx", write_table("x.xlsx", [headings, row], ",")))
        assert found.said[0].births[0].text == "1974"

    def test_another_encoding_is_named_and_never_guessed(self, desk: Desk) -> None:
        data = (HEADINGS + ROWS).encode("cp1252")
        with pytest.raises(ListError, match="wrong_encoding"):
            read(TableFile("x.csv", data))
        assert read(TableFile("x.csv", data, "cp1252")).said == read().said


class TestUploads:
    def test_what_is_proposed_is_gone_from_here(self, desk: Desk) -> None:
        kept = uploads.take_upload(desk.fanta, desk.list, TABLE, common(), "ministry")
        batch = uploads.propose_upload(desk.fanta, kept)
        waiting = ListingProposal.objects.filter(batch=batch)
        assert [one.why for one in waiting] == ["ministry", "ministry"]
        assert not UploadedList.objects.exists()
        assert not NationalListing.objects.exists()

    def test_it_belongs_to_who_gave_it_for_a_day(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = uploads.take_upload(desk.fanta, desk.list, TABLE, common(), "")
        again = uploads.take_upload(desk.fanta, desk.list, TABLE, common(), "")
        assert uploads.upload_of(desk.fanta, kept.id) is None
        assert uploads.upload_of(desk.mariam, again.id) is None
        assert uploads.upload_of(desk.fanta, again.id) is not None
        assert uploads.forget_old_uploads() == 0
        later = node_time() + timedelta(days=1, minutes=1)
        monkeypatch.setattr(uploads, "node_time", lambda: later)
        assert uploads.upload_of(desk.fanta, again.id) is None
        assert uploads.forget_old_uploads() == 1

    def test_only_an_owner_may_and_not_too_many(
        self, desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with refusal("list.nobody"):
            uploads.take_upload(acting(cast.djibril), desk.list, TABLE, common(), "")
        monkeypatch.setattr(uploads, "MOST", 1)
        with refusal("batch.large"):
            uploads.take_upload(desk.fanta, desk.list, TABLE, common(), "")


@pytest.mark.usefixtures("pages")
class TestPages:
    @pytest.fixture
    def fanta(self, desk: Desk, cast: Cast) -> Client:
        return _english(client_of(cast.fanta))

    @pytest.fixture
    def mariam(self, desk: Desk) -> Client:
        return _english(client_of(desk.mariam_officer))

    def given(self, client: Client, desk: Desk, data: bytes = TABLE.data, **changes: str) -> str:
        typed = {
            "category": "arrest",
            "action": "second_line",
            "expires_on": str(node_day() + timedelta(days=90)),
            "reason": "List 3/2026 of the ministry",
            "legal_basis": "Decree 3",
            "authority": "Ministry",
            "why": "asked by letter",
            "file": SimpleUploadedFile("police.csv", data),
        }
        url = reverse("national-list-file", args=[desk.list])
        answer = client.post(url, {**typed, **changes}, follow=True)
        return answer.content.decode()

    def test_from_the_file_to_the_listings(self, desk: Desk, fanta: Client, mariam: Client) -> None:
        assert (
            reverse("national-list-file", args=[desk.list])
            in fanta.get(reverse("national-list", args=[desk.list])).content.decode()
        )
        page = self.given(fanta, desk)
        assert "2 listings to propose" in page
        assert "Of 5 rows, 2 were understood and 3 are left out." in page
        for told in ("KONÉ", "missing", "An organisation", "This day must lie ahead."):
            assert told in page
        assert not ListingProposal.objects.exists()
        address = _address(desk)
        page = fanta.post(address, follow=True).content.decode()
        assert "Another officer must approve it" in page
        batch = ListingProposal.objects.values_list("batch", flat=True).first()
        one, other = ListingProposal.objects.order_by("number")
        page = mariam.get(reverse("proposal-batch", args=[batch])).content.decode()
        assert reverse("proposal", args=[one.id]) in page
        proposals.approve(desk.mariam, one.id, one.digest)
        mariam.post(reverse("proposal-batch", args=[batch]), {"purpose": "lists", "reason": ""})
        digest = mariam.get(reverse("proposal-batch", args=[batch])).context["batch"].digest
        mariam.post(reverse("proposal-batch-approve", args=[batch]), {"digest": digest})
        assert NationalListing.objects.count() == 2
        assert "Give it again" in fanta.post(address, follow=True).content.decode()
        assert str(other.number) in str(list(NationalListing.objects.values_list("number")))

    def test_the_rows_left_out_come_back_with_the_reason(self, desk: Desk, fanta: Client) -> None:
        self.given(fanta, desk)
        answer = fanta.get(_address(desk) + "left-out/")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][-1] == "Why it was left out"
        assert [row[0] for row in rows[1:]] == ["P3", "P4", "P5"]
        assert rows[3][-1] == "Review date: This day must lie ahead."
        again = TableFile("x.csv", answer.content)
        assert len(read(again).left_out) == 3

    def test_of_a_workbook_the_rows_left_out_are_a_workbook(
        self, desk: Desk, fanta: Client
    ) -> None:
        rows = [line.split(";") for line in (HEADINGS + ROWS).splitlines()]
        self.given(fanta, desk, write_table("x.xlsx", rows, ";"))
        answer = fanta.get(_address(desk) + "left-out/")
        assert "police-left-out.xlsx" in answer["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert [row[0] for row in sheet.iter_rows(values_only=True)][1:] == ["P3", "P4", "P5"]

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "empty"),
            (b"\xd0\xcf\x11\xe0 old", "another kind of file"),
            ((HEADINGS + ROWS).encode("cp1252"), "choose the other encoding"),
            (b"a,b\n1,2\n", "names a person"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told_and_nothing_typed_is_lost(
        self, desk: Desk, fanta: Client, data: bytes, told: str
    ) -> None:
        page = self.given(fanta, desk, data)
        assert told in page
        assert "List 3/2026 of the ministry" in page
        assert not UploadedList.objects.exists()

    def test_a_file_far_too_large_is_refused_before_it_is_read(
        self, desk: Desk, fanta: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(from_file, "FORM_BYTES", 0)
        monkeypatch.setattr(from_file, "MOST_BYTES", 10)
        assert "larger than" in self.given(fanta, desk)

    def test_nobody_else_sees_it(
        self, desk: Desk, cast: Cast, fanta: Client, mariam: Client
    ) -> None:
        self.given(fanta, desk)
        page = mariam.get(_address(desk), follow=True).content.decode()
        assert "KONÉ" not in page
        assert mariam.get(_address(desk) + "left-out/").status_code == 404

    def test_the_empty_table_is_at_hand(self, desk: Desk, fanta: Client) -> None:
        answer = fanta.get(reverse("national-list-template"))
        assert answer.content.startswith(b"PK")


def _english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


def _address(desk: Desk) -> str:
    """The page of what was given last."""
    return reverse("national-list-upload", args=[desk.list, UploadedList.objects.get().id])
