"""The pages of the lists: what an officer reads there, in both languages, and what they refuse."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.journal import Actor
from openmidas.lists.editions import latest_edition
from openmidas.lists.models import ListEdition, Wholeness
from openmidas.lists.services import import_un
from openmidas.posts.models import Lookup
from tests.conftest import HQ
from tests.lists.conftest import REAL, SMALL, MakeList, arriving
from tests.support.cast import Cast, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def at_hq(cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


def in_english(client: Client) -> Client:
    client.cookies["midas_language"] = "en"
    return client


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return str(response.content, "utf-8")


def upload(client: Client, data: bytes, **fields: str) -> tuple[int, str]:
    file = SimpleUploadedFile("list.xml", data)
    response = client.post(
        reverse("list-import"), {"kind": "un", "file": file, **fields}, follow=True
    )
    return response.status_code, str(response.content, "utf-8")


class TestLists:
    def test_an_empty_node_says_what_to_do(self, at_hq: Cast) -> None:
        page = text_of(in_english(client_of(at_hq.fanta)), reverse("lists"))
        assert "There is no list at this node." in page
        assert reverse("list-import") in page
        assert reverse("list-import") not in text_of(client_of(at_hq.djibril), reverse("lists"))

    def test_age_and_limit_are_said_in_words(self, at_hq: Cast) -> None:
        import_un(REAL, actor=Actor(at_hq.fanta.id, "hq_lists"), limit_days=7)
        client = client_of(at_hq.fanta)
        page = text_of(client, reverse("lists"))
        assert "Liste récapitulative du Conseil de sécurité" in page
        assert "Périmée" in page
        assert "730" in page
        page = text_of(in_english(client), reverse("lists"))
        assert "Stale" in page
        assert "its limit is 7 days" in page
        assert "2026-02-27" in page

    def test_a_fresh_list_is_not_called_stale(self, at_hq: Cast, un_list: MakeList) -> None:
        import_un(un_list(), actor=Actor(), limit_days=3650)
        client = in_english(client_of(at_hq.fanta))
        assert "Stale" not in text_of(client, reverse("lists"))
        page = text_of(client, reverse("list", args=["un"]))
        assert "Stale" not in page
        assert "days old; its limit is 3650 days." in page

    @pytest.mark.parametrize(
        ("wholeness", "said"),
        [
            (Wholeness.ARRIVING, "is on its way: 0 % are here"),
            (Wholeness.DAMAGED, "arrived damaged and is not used"),
        ],
    )
    def test_an_edition_that_is_not_whole_is_told(
        self, wholeness: Wholeness, said: str, at_hq: Cast, un_list: MakeList
    ) -> None:
        import_un(un_list(), actor=Actor())
        second = import_un(un_list("2026-02-03"), actor=Actor())
        ListEdition.objects.filter(id=second.edition).update(wholeness=wholeness)
        page = text_of(in_english(client_of(at_hq.fanta)), reverse("lists"))
        assert f"The edition of 2026-02-03 {said}" in page
        assert "2026-01-15" in page

    def test_an_edition_on_its_way_is_told_with_how_far_it_has_come(
        self, at_hq: Cast, un_list: MakeList
    ) -> None:
        import_un(un_list(), actor=Actor())
        import_un(un_list("2026-02-03"), actor=Actor())
        arriving("2026-02-03", here=43)
        client = in_english(client_of(at_hq.fanta))
        said = "The edition of 2026-02-03 is on its way: 43 % are here."
        assert said in text_of(client, reverse("lists"))
        page = text_of(client, reverse("list", args=["un"]))
        assert "arriving: 43 % are here" in page
        assert "in use" in page

    def test_the_head_of_post_sees_what_the_post_holds(self, cast: Cast, un_list: MakeList) -> None:
        with at_node(HQ):
            import_un(un_list(), actor=Actor(cast.fanta.id, "hq_lists"))
        client = in_english(client_of(cast.coumba))
        assert "2026-01-15" in text_of(client, reverse("lists"))
        page = text_of(client, reverse("list", args=["un"]))
        assert reverse("list-import") not in page


class TestOneList:
    def test_tells_who_published_and_what_was_not_understood(
        self, at_hq: Cast, un_list: MakeList
    ) -> None:
        import_un(un_list(), actor=Actor(at_hq.fanta.id, "hq_lists"))
        import_un(un_list("2026-02-03"), actor=Actor())
        page = text_of(in_english(client_of(at_hq.fanta)), reverse("list", args=["un"]))
        for said in ("Fanta Condé", "at the machine itself", "replaced", "in use", "unknown State"):
            assert said in page
        assert "Republic of Nowhere" in page

    def test_unknown_list_is_not_found(self, at_hq: Cast) -> None:
        text_of(client_of(at_hq.fanta), reverse("list", args=["none"]), status=404)

    def test_searching_asks_for_a_purpose_and_is_recorded(
        self, at_hq: Cast, un_list: MakeList
    ) -> None:
        import_un(un_list(), actor=Actor())
        client = in_english(client_of(at_hq.djibril))
        url = reverse("list", args=["un"])
        asked = {"text": "sagn bour", "purpose": "case", "reason": "case 12"}
        response = client.post(url, {**asked, "purpose": ""})
        assert response.status_code == 422
        assert "SAGNON" not in response.content.decode()
        assert not Lookup.objects.exists()
        response = client.post(url, asked)
        assert "SAGNON" in response.content.decode()
        lookup = Lookup.objects.get()
        assert (lookup.query, lookup.results, lookup.officer) == (
            "un: sagn bour", 1, at_hq.djibril.id,
        )  # fmt: skip

    def test_the_administrator_cannot_search(self, at_hq: Cast, un_list: MakeList) -> None:
        import_un(un_list(), actor=Actor())
        client = client_of(at_hq.idrissa)
        url = reverse("list", args=["un"])
        assert 'name="text"' not in text_of(client, url)
        asked = {"text": "sagnon", "purpose": "case", "reason": ""}
        assert client.post(url, asked).status_code == 403

    def test_the_source_comes_back_byte_for_byte(self, at_hq: Cast, un_list: MakeList) -> None:
        report = import_un(un_list(), actor=Actor())
        response = client_of(at_hq.fanta).get(reverse("list-source", args=[report.edition]))
        assert response.content == un_list().read_bytes()
        assert "un-2026-01-15.xml" in response["Content-Disposition"]


class TestImporting:
    def test_an_upload_is_published(self, at_hq: Cast) -> None:
        client = in_english(client_of(at_hq.fanta))
        status, page = upload(client, SMALL.read_bytes(), limit_days="9")
        assert status == 200
        assert "On its way to the posts." in page
        edition = latest_edition("un")
        assert edition is not None
        assert (edition.officer, edition.role) == (at_hq.fanta.id, "hq_lists")
        assert edition.limit_days == 9
        status, page = upload(client, SMALL.read_bytes())
        assert "in use already. Nothing changes." in page

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (SMALL.read_bytes()[:900], "ends in the middle"),
            (b"<html></html>", "begins with “html”"),
            (SMALL.with_name("bomb.xml").read_bytes(), "declares entities of its own"),
            (b'<CONSOLIDATED_LIST dateGenerated="2026-01-01"/>', "There is nobody on this list"),
            (b"<CONSOLIDATED_LIST/>", "does not say when it was made"),
            (SMALL.read_bytes().replace(b"</TITLE>", b"</TITEL>"), "of another kind: line 16"),
            (
                gzip.compress(SMALL.read_bytes())[:-8] + bytes(8),
                "compressed file is damaged",
            ),
        ],
    )
    def test_a_bad_file_is_refused_in_one_sentence(
        self, data: bytes, said: str, at_hq: Cast
    ) -> None:
        status, page = upload(in_english(client_of(at_hq.fanta)), data)
        assert status == 422
        assert "Nothing was imported." in page
        assert said in page
        assert not ListEdition.objects.exists()

    def test_an_older_one_needs_a_tick(self, at_hq: Cast, un_list: MakeList) -> None:
        import_un(un_list("2026-02-03"), actor=Actor())
        client = client_of(at_hq.fanta)
        status, page = upload(client, SMALL.read_bytes())
        assert status == 422
        assert "plus ancienne que celle en service" in page
        status, _ = upload(client, SMALL.read_bytes(), accept_older="on")
        assert status == 200

    def test_a_list_in_several_files_is_taken_whole(self, at_hq: Cast) -> None:
        nothing = ",".join(["-0- "] * 7)
        files = [
            SimpleUploadedFile(
                "sdn.csv", f'1,"SANYON, Burema","individual","SDGT",{nothing},-0- \r\n'.encode()
            ),
            SimpleUploadedFile("alt.csv", b'1,7,"aka","SAGNON, Boureima",-0- \r\n'),
        ]
        asked = {"kind": "ofac", "file": files, "list_code": "ofac-test", "dated": "2026-01-02"}
        page = client_of(at_hq.fanta).post(reverse("list-import"), asked, follow=True)
        assert page.status_code == 200
        row = ListEdition.objects.get()
        assert (row.list_code, row.day.isoformat(), row.persons) == ("ofac-test", "2026-01-02", 1)

    def test_no_file_and_a_bad_limit_are_marked(self, at_hq: Cast) -> None:
        response = client_of(at_hq.fanta).post(
            reverse("list-import"), {"kind": "un", "limit_days": "0"}
        )
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"file", "limit_days"}

    def test_too_large_an_upload_is_not_read(
        self, at_hq: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("openmidas.lists.views.importing.MOST_UPLOAD_BYTES", 100_000)

        def read(request: object) -> None:
            raise AssertionError("the upload was read")

        monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", read)
        status, page = upload(in_english(client_of(at_hq.fanta)), b"x" * 200_000)
        assert status == 413
        assert "The file is larger than" in page

    def test_the_token_is_asked_for(self, at_hq: Cast) -> None:
        client = client_of(at_hq.fanta)
        client.handler.enforce_csrf_checks = True
        status, _ = upload(client, SMALL.read_bytes())
        assert status == 403
        assert not ListEdition.objects.exists()
