"""At the HQ: the oversight reads complaints, answers them within the clock, and closes them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings.overview import post_names
from openmidas.journal import Actor
from openmidas.journal.kinds import to_posts
from openmidas.nodes.services import node_day, record
from openmidas.posts.refusals import Refused
from openmidas.rights import limits
from openmidas.rights.entries import ComplaintAnswered, ComplaintClosed, ComplaintOutcome
from openmidas.rights.models import (
    ClosedComplaint,
    Complaint,
    ComplaintAnswer,
    ReceivedComplaint,
)
from openmidas.rights.sealing import Answer, Unreadable, open_answer, seal_answer
from openmidas.rights.taking_in import opened


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint as the list shows it. ``about`` empty: it could not be opened."""

    row: Complaint
    post: str
    about: str
    due: date
    answers: int
    outcome: str

    @property
    def overdue(self) -> bool:
        """Whether nobody has answered, and the time is over."""
        return not self.answers and not self.outcome and self.due < node_day()


def complaints() -> list[Shown]:
    """All that were taken in: those that wait, the first due first; then those that are closed."""
    received = {row.id: row for row in ReceivedComplaint.objects.all()}
    outcomes = dict(ClosedComplaint.objects.values_list("id", "outcome"))
    answered = Counter(ComplaintAnswer.objects.values_list("complaint", flat=True))
    names = post_names()
    shown = [
        Shown(
            row=row,
            post=names.get(row.node, str(row.node)),
            about=received[row.id].about,
            due=received[row.id].due,
            answers=answered[row.id],
            outcome=outcomes.get(row.id, ""),
        )
        for row in Complaint.objects.defer("sealed").filter(id__in=received)
    ]
    return sorted(shown, key=lambda one: (bool(one.outcome), one.due, one.row.at))


def answers_of(row: Complaint, secret: str) -> list[tuple[ComplaintAnswer, Answer | None]]:
    """What was answered, the first first; None for an answer that cannot be read any more."""
    found: list[tuple[ComplaintAnswer, Answer | None]] = []
    for answer in ComplaintAnswer.objects.filter(complaint=row.id).order_by("at", "id"):
        try:
            found.append((answer, open_answer(bytes(answer.sealed), row.id, secret)))
        except Unreadable:
            found.append((answer, None))
    return found


def answer_complaint(
    actor: Actor, complaint: UUID, answer: UUID, words: str, outcome: ComplaintOutcome | None
) -> None:
    """Answer, and close with an outcome where one is given. The same answer again changes nothing.

    Raises `Refused`: ``complaint.unknown``, ``complaint.unreadable``, ``complaint.closed``,
    ``answer.too_short``, ``answer.too_long``.
    """
    words = words.strip()
    if len(words) < limits.SHORTEST_WORDS:
        raise Refused("answer.too_short")
    if len(words) > limits.ANSWER:
        raise Refused("answer.too_long", most=str(limits.ANSWER))
    with transaction.atomic():
        row = Complaint.objects.select_for_update().filter(id=complaint).first()
        if row is None:
            raise Refused("complaint.unknown")
        if ComplaintAnswer.objects.filter(id=answer).exists():
            return
        if ClosedComplaint.objects.filter(id=complaint).exists():
            raise Refused("complaint.closed")
        sealed = _sealed(row, Answer(words=words, outcome=outcome))
        content = ComplaintAnswered(answer=answer, complaint=complaint, sealed=sealed)
        record(content, actor=actor, audience=to_posts([row.node]))
        if outcome is not None:
            record(ComplaintClosed(complaint=complaint, outcome=outcome), actor=actor)


def _sealed(row: Complaint, answer: Answer) -> bytes:
    try:
        return seal_answer(answer, row.id, opened(row).secret)
    except Unreadable as error:
        raise Refused("complaint.unreadable") from error
