"""The oversight's pages: nothing is read without a purpose, and nothing is lost."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from openmidas.journal.models import JournalEntry
from openmidas.rights.models import ClosedComplaint, Complaint, ComplaintAnswer
from tests.conftest import HQ
from tests.rights.conftest import SECRET, WORDS, Kiosk, complained, taken_in
from tests.support.cast import Cast, at_node, client_of, english

OPENED = {"purpose": "oversight", "reason": ""}


@pytest.fixture
def row(pages: None, acquainted: Cast) -> Complaint:
    """A complaint that waits for its answer."""
    made = complained()
    taken_in()
    return made


@pytest.fixture
def office(row: Complaint, acquainted: Cast) -> Client:
    """Kadiatou's browser."""
    return english(client_of(acquainted.kadiatou))


def test_the_list_says_who_waits_and_not_what_they_say(office: Client, row: Complaint) -> None:
    with at_node(HQ):
        text = office.get("/hq/complaints/").content.decode()
    for told in (row.number, "Kourémalé", "Money", "waits for an answer"):
        assert told in text
    assert WORDS not in text


def test_it_is_read_for_a_purpose_and_that_is_written(office: Client, row: Complaint) -> None:
    with at_node(HQ):
        assert WORDS not in office.get(f"/hq/complaints/{row.id}/").content.decode()
        assert office.post(f"/hq/complaints/{row.id}/", {}).status_code == 422
        text = office.post(f"/hq/complaints/{row.id}/", OPENED).content.decode()
    assert WORDS in text
    entry = JournalEntry.objects.get(kind="lookup.made")
    assert f"complaint {row.number}".encode() in bytes(entry.body or b"")


def test_an_answer_closes_with_an_outcome(office: Client, row: Complaint) -> None:
    with at_node(HQ):
        page = office.post(f"/hq/complaints/{row.id}/", OPENED).content.decode()
        id = re.search(r'name="answer" value="([^"]+)"', page)
        assert id is not None
        said = {"answer": id[1], "words": "You were right.", "outcome": "upheld"}
        for _ in range(2):
            assert office.post(f"/hq/complaints/{row.id}/answer/", said).status_code == 302
        assert "justified" in office.get(f"/hq/complaints/{row.id}/").content.decode()
        assert (
            "You were right." in office.post(f"/hq/complaints/{row.id}/", OPENED).content.decode()
        )
    assert ComplaintAnswer.objects.get().id == UUID(id[1])
    assert ClosedComplaint.objects.get().outcome == "upheld"
    fetched = Kiosk().post("/public/en/answer/", {"number": row.number, "secret": SECRET})
    assert "You were right." in fetched.content.decode()
    assert not fetched.cookies


def test_what_was_typed_stays_when_it_cannot_be_sent(office: Client, row: Complaint) -> None:
    with at_node(HQ):
        office.post(f"/hq/complaints/{row.id}/", OPENED)
        said = {"answer": "x", "words": "You were right.", "outcome": "partly"}
        answer = office.post(f"/hq/complaints/{row.id}/answer/", said)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "You were right." in text
    assert 'value="partly" selected' in text
    assert WORDS in text
    assert not ComplaintAnswer.objects.exists()


def test_who_has_not_read_it_does_not_answer_it(office: Client, row: Complaint) -> None:
    with at_node(HQ):
        assert 'name="outcome"' not in office.get(f"/hq/complaints/{row.id}/").content.decode()
        said = {"answer": str(uuid4()), "words": "You were right.", "outcome": "partly"}
        refused = office.post(f"/hq/complaints/{row.id}/answer/", said)
        assert refused.status_code == 409
        text = refused.content.decode()
        assert WORDS not in text
        assert not ComplaintAnswer.objects.exists()
        assert not ClosedComplaint.objects.exists()
        # The words go with the question why, and come back with what it says.
        carried = dict(re.findall(r'name="(kept-\w+)" value="([^"]*)"', text))
        assert office.post(f"/hq/complaints/{row.id}/", carried).status_code == 422
        opened = office.post(f"/hq/complaints/{row.id}/", OPENED | carried).content.decode()
        assert WORDS in opened
        assert "You were right.</textarea>" in opened
        assert 'value="partly" selected' in opened
        assert said["answer"] in opened


def test_no_officer_of_the_post_gets_there(row: Complaint, acquainted: Cast) -> None:
    for officer in (acquainted.coumba, acquainted.boubacar):
        assert client_of(officer).get(f"/hq/complaints/{row.id}/").status_code == 403
    with at_node(HQ):
        assert client_of(acquainted.idrissa).get("/hq/complaints/").status_code == 403
