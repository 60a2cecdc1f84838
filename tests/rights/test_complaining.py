"""A complaint goes past the post: sealed, answered by the oversight alone, fetched with a code word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openmidas.crossings.ids import issue_id
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.age import unseal_with
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.rights import clock, limits
from openmidas.rights.answering import answer_complaint, answers_of, complaints
from openmidas.rights.complaining import answers_to, complain
from openmidas.rights.entries import (
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintReceived,
)
from openmidas.rights.models import (
    ClosedComplaint,
    Complaint,
    ComplaintAnswer,
    ReceivedComplaint,
)
from openmidas.rights.sealing import Unreadable, new_secret, normal_secret, open_complaint
from openmidas.rights.taking_in import opened
from tests.conftest import HQ, POST
from tests.crossings.test_projections import arrive
from tests.rights.conftest import SECRET, WORDS, complained, given, taken_in
from tests.support.cast import Cast, acting, at_node, refusal
from tests.support.tables import all_rows
from tests.support.writers import Pen

ANSWER = "The money was given back, and the officer was moved."


def answer(cast: Cast, row: Complaint, **changes: Any) -> None:
    """Kadiatou of the oversight answers."""
    said: dict[str, Any] = {"answer": new_id(), "words": ANSWER, "outcome": None, **changes}
    with at_node(HQ):
        answer_complaint(acting(cast.kadiatou), row.id, **said)


def test_the_post_cannot_read_what_it_took(acquainted: Cast) -> None:
    row = complained(receipt="CY3Z-10C1S-K", contact="70 00 00 00")
    entry = JournalEntry.objects.get(kind="complaint.made")
    assert entry.node == POST
    for told in (WORDS, "70 00 00 00", "CY3Z", normal_secret(SECRET) or "", "money"):
        assert told.encode() not in bytes(entry.body or b"")
    with pytest.raises(Unreadable):
        open_complaint(bytes(row.sealed), [this_node().key])
    with at_node(HQ):
        said = opened(row)
    assert (said.words, said.contact, said.receipt) == (WORDS, "70 00 00 00", "CY3Z-10C1S-K")


def test_nobody_is_its_author(acquainted: Cast) -> None:
    complained()
    body = JournalEntry.objects.get(kind="complaint.made").body or b""
    for officer in (acquainted.aminata, acquainted.coumba):
        assert str(officer.id).encode() not in bytes(body)


def test_its_length_does_not_tell_how_much_was_said(acquainted: Cast) -> None:
    one, other = complained(), complained(words=WORDS * 20, secret=new_secret())
    with at_node(HQ):
        keys = [this_node().key]
    lengths = {len(unseal_with(bytes(row.sealed), keys)) for row in (one, other)}
    assert lengths == {limits.PADDED_TO}


def test_the_same_form_sent_twice_is_one_complaint(acquainted: Cast) -> None:
    id = issue_id()
    assert complain(id, given()) == complain(id, given())
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"about": None}, "complaint.no_kind"),
        ({"words": " bad "}, "complaint.too_short"),
        ({"words": "x" * 4001}, "complaint.too_long"),
        ({"contact": "x" * 201}, "complaint.too_long"),
        ({"receipt": "CY3Z-10C1S-L"}, "complaint.receipt_unreadable"),
        ({"secret": "short"}, "request.broken"),
    ],
)
def test_what_is_not_taken(acquainted: Cast, changes: dict[str, Any], code: str) -> None:
    with refusal(code):
        complain(issue_id(), given(**changes))
    with refusal("request.broken"):
        complain(new_id(), given())
    assert not Complaint.objects.exists()


def test_without_a_headquarters_nothing_is_taken(cast: Cast) -> None:
    Peer.objects.all().delete()
    with refusal("complaint.no_headquarters"):
        complain(issue_id(), given())


def test_the_clock_runs_by_kind(acquainted: Cast) -> None:
    violence = complained(about=ComplaintKind.VIOLENCE)
    money = complained(secret=new_secret())
    assert taken_in() == 2
    assert taken_in() == 0
    made = timezone.localdate(violence.at)
    assert ReceivedComplaint.objects.get(id=violence.id).due == made + timedelta(days=5)
    assert ReceivedComplaint.objects.get(id=money.id).due == made + timedelta(days=30)


def test_a_headquarters_may_have_a_clock_of_its_own(acquainted: Cast) -> None:
    own = this_node().home.path(clock.OWN)
    own.write_text(
        "money=3\ndelay=3\nviolence=1\ndiscrimination=3\nlost_document=3\nother=9\n",
        encoding="utf-8",
    )
    try:
        assert clock.longest() == 9
    finally:
        own.unlink()


def test_what_is_late_is_shown_first_and_as_late(
    acquainted: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    money, violence = complained(), complained(about=ComplaintKind.VIOLENCE, secret=new_secret())
    taken_in()
    day = timezone.localdate() + timedelta(days=10)
    monkeypatch.setattr("openmidas.rights.answering.node_day", lambda: day)
    with at_node(HQ):
        shown = complaints()
    assert [(one.row.id, one.overdue) for one in shown] == [(violence.id, True), (money.id, False)]
    assert shown[0].post == "Kourémalé"


def test_the_answer_is_for_whoever_has_the_code_word(acquainted: Cast) -> None:
    row = complained()
    taken_in()
    assert answers_to(row.number, SECRET) == []
    answer(acquainted, row, outcome=ComplaintOutcome.UPHELD)
    ((_, said),) = answers_to(row.number.lower(), SECRET.lower().replace("-", " "))
    assert (said.words, said.outcome) == (ANSWER, ComplaintOutcome.UPHELD)
    assert answers_to(row.number, new_secret()) == []
    with refusal("answer.malformed"):
        answers_to(row.number, "guess")
    entry = JournalEntry.objects.get(kind="complaint.answered")
    assert ANSWER.encode() not in bytes(entry.body or b"")
    with at_node(HQ):
        ((_, again),) = answers_of(row, normal_secret(SECRET) or "")
    assert again == said


def test_a_closed_complaint_gets_no_more_answers(acquainted: Cast) -> None:
    row, id = complained(), new_id()
    taken_in()
    answer(acquainted, row, answer=id)
    answer(acquainted, row, answer=id)
    assert ComplaintAnswer.objects.count() == 1
    answer(acquainted, row, outcome=ComplaintOutcome.NOT_KNOWN)
    assert ClosedComplaint.objects.get().outcome == "not_known"
    with refusal("complaint.closed"):
        answer(acquainted, row)
    with refusal("answer.too_short"):
        answer(acquainted, row, words=" ")


def test_a_rebuild_gives_the_same(acquainted: Cast) -> None:
    row = complained()
    taken_in()
    answer(acquainted, row, outcome=ComplaintOutcome.PARTLY)
    before = all_rows()
    rebuild()
    assert all_rows() == before


def test_no_post_answers_or_closes_a_complaint(acquainted: Cast) -> None:
    row = complained()
    pen = Pen()
    pen.write(ComplaintClosed(complaint=row.id, outcome=ComplaintOutcome.NOT_UPHELD))
    pen.write(ComplaintAnswered(answer=new_id(), complaint=row.id, sealed=b"x"))
    pen.write(ComplaintReceived(complaint=row.id, about=None, due="2027-01-01"))
    with at_node(HQ):
        arrive(pen)
    assert not ClosedComplaint.objects.exists()
    assert not ComplaintAnswer.objects.exists()
    assert not ReceivedComplaint.objects.exists()
    assert Quarantined.objects.count() == 3
