"""At the kiosk of a post: making a complaint, and fetching the answer."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings.ids import issued_here
from openmidas.documents.receipts import read_number
from openmidas.journal import Actor, NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused
from openmidas.rights import limits
from openmidas.rights.entries import ComplaintKind, ComplaintMade
from openmidas.rights.models import Complaint, ComplaintAnswer
from openmidas.rights.sealing import (
    Answer,
    Said,
    Unreadable,
    complaint_number,
    normal_secret,
    open_answer,
    read_complaint_number,
    seal_complaint,
)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint as somebody typed it. ``secret``: the code word that they are shown.

    ``unread``: a number of a receipt that cannot be right is sent all the same.
    """

    about: ComplaintKind | None
    words: str
    language: str
    contact: str = ""
    receipt: str = ""
    unread: bool = False
    secret: str = ""


def complain(complaint: UUID, given: Given) -> str:
    """Take a complaint, sealed for the headquarters; its number. The same again changes nothing.

    Raises `Refused`: ``request.broken``, ``complaint.no_headquarters``, ``complaint.no_kind``,
    ``complaint.too_short``, ``complaint.too_long``, ``complaint.receipt_unreadable``, ``disk.full``.
    """
    secret = normal_secret(given.secret)
    if secret is None or not issued_here(complaint):
        raise Refused("request.broken")
    said = _said(given, secret)
    peers = Peer.objects.filter(kind=NodeKind.HQ, revoked=False)
    recipients = [bytes(key) for key in peers.values_list("public_key", flat=True)]
    if not recipients:
        raise Refused("complaint.no_headquarters")
    with transaction.atomic():
        if not was_made(complaint):
            sealed = seal_complaint(said, recipients)
            # Nobody's: no officer, no lane, whoever may be signed in at this machine.
            record(ComplaintMade(complaint=complaint, sealed=sealed), actor=Actor())
    return complaint_number(complaint)


def was_made(complaint: UUID) -> bool:
    """Whether a complaint of this id was sent before: what was said then nobody here can read."""
    return Complaint.objects.filter(id=complaint).exists()


def answers_to(number: str, secret: str) -> list[tuple[ComplaintAnswer, Answer]]:
    """The answers to one's complaint, the first first; empty where there is none yet.

    Of an unknown number and of a wrong code word no more is said than that there is nothing for them.
    Raises `Refused` ``answer.malformed`` for what cannot be a number or a code word.
    """
    normal, word = read_complaint_number(number), normal_secret(secret)
    if normal is None or word is None:
        raise Refused("answer.malformed")
    ids = Complaint.objects.filter(number=normal, node=this_node().id).values("id")
    rows = ComplaintAnswer.objects.filter(complaint__in=ids).order_by("at", "id")
    found = []
    for row in rows:
        try:
            found.append((row, open_answer(bytes(row.sealed), row.complaint, word)))
        except Unreadable:
            continue
    return found


def _said(given: Given, secret: str) -> Said:
    words = given.words.strip()
    if given.about is None:
        raise Refused("complaint.no_kind")
    if len(words) < limits.SHORTEST_WORDS:
        raise Refused("complaint.too_short")
    contact, receipt = given.contact.strip(), given.receipt.strip()
    fits = len(words) <= limits.WORDS and len(contact) <= limits.CONTACT and len(receipt) <= 40
    if not fits:
        raise Refused("complaint.too_long", most=str(limits.WORDS))
    if receipt and not given.unread and read_number(receipt) is None:
        raise Refused("complaint.receipt_unreadable")
    return Said(
        about=given.about,
        words=words,
        language=given.language,
        contact=contact,
        receipt=receipt,
        secret=secret,
    )
