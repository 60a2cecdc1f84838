"""A claim to asylum leaves a node by no way that is not trusted: what comes out of each is searched for it.

Each way of `tests/test_ways_out.py` has a probe here: its bytes, while a claim is in the tables.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openmidas.api.rate import RATE
from openmidas.api.scopes import Scope
from openmidas.api.services import Admission, admit_system
from openmidas.cases.referrals.entries import Outcome
from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pathways import Consent
from openmidas.cases.referrals.pictures import attach_to_referral, pictures_of_referral
from openmidas.cases.referrals.services import Taken, begin, close, take_step
from openmidas.cases.refusal_form.filling import fill
from openmidas.cli import main
from openmidas.crossings.entries import AdmissionReason, ReferralReason
from openmidas.crossings.entries import Outcome as Decision
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction, Traveller
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import resolve
from openmidas.declarations.entries import GoodsDeclared, GoodsKind, Load, Unit
from openmidas.declarations.services import Declarer, declare
from openmidas.exchange.reading import for_peer, own_journals, read_run
from openmidas.health.services import Checked
from openmidas.health.services import check as check_health
from openmidas.journal import TO_STATE, Actor, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.services import import_un
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_day, node_time, record
from openmidas.nodes.ways_out import (
    TRUSTED,
    Recipient,
    WayOut,
    ways_out,
    withheld,
)
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.redrawing import redraw
from openmidas.pictures.sending import PATIENCE, write_next_piece
from openmidas.posts.entries import Compartment
from openmidas.register.entries import Duty, Member
from openmidas.register.models import Shift
from openmidas.register.services import close as close_shift
from openmidas.register.services import open_shift
from openmidas.register.sheet.filling import fill as fill_sheet
from openmidas.residents.card.filling import fill as fill_card
from openmidas.residents.entries import ResidentKind
from openmidas.residents.services import Registration, register
from openmidas.rights.answering import answer_complaint
from tests.cases.referrals.conftest import Room, room_of, said
from tests.conftest import HQ, POST
from tests.exchange.peers import befriend
from tests.lists.conftest import SMALL
from tests.rights.conftest import SECRET, acquaint, complained, taken_in
from tests.support.cast import Cast, acting, at_node, client_of
from tests.support.pictures import photo

SECRETS = (
    "KANARI-NAME",
    "KANARI-WORDS",
    "KANARI-WHY",
    "KANARI-REACHED",
    "KANARI-CLOSING",
    "KANARI-PICTURE",
)


class Planted:
    """A claim that Boubacar has written down, of somebody whom the lane sent for protection."""

    def __init__(self, cast: Cast) -> None:
        self.room = room = Room(cast)
        with at_node(POST):
            self.crossing = room.waits(ReferralReason.PROTECTION, number="SP0000077")
            data = {"name": "KANARI-NAME", "born": "1999", "nationality": "X"}
            begun = said(
                Compartment.ASYLUM,
                consent=Consent.PERSON,
                why="KANARI-WHY",
                data={**data, "circumstances": "KANARI-WORDS"},
            )
            begin(room.boubacar, self.crossing, begun)
            self.referral = begun.referral
            taken = Taken(note=new_id(), step=2, reached="KANARI-REACHED")
            take_step(room.boubacar, begun.referral, taken)
            self._photographed()
            close(room.boubacar, begun.referral, Outcome.HANDED_OVER, "KANARI-CLOSING")

    def _photographed(self) -> None:
        """A picture of the claim, all of which is in the journal."""
        shown = redraw(photo())
        self.picture = shown.data
        attach_to_referral(
            self.room.boubacar, self.referral, new_id(), shown, "KANARI-PICTURE, a summons"
        )
        WaitingPicture.objects.update(since=node_time() - 2 * PATIENCE)
        while WaitingPicture.objects.exists():
            assert write_next_piece()

    def tells(self, raw: bytes, *, words: bool = True) -> list[str]:
        """What of the claim stands in these bytes. ``words``: those that say that there is one."""
        low = raw.lower()
        secret = [one for one in SECRETS if one.lower().encode() in low]
        ids = (str(self.referral).encode(), self.referral.hex.encode(), self.referral.bytes)
        secret += ["the referral" for one in ids if one in raw]
        about = pictures_of_referral(self.referral)
        seen = (self.picture[20:220], str(about).encode(), about.bytes)
        secret += ["the picture" for one in seen if one in raw]
        return secret + [
            one for one in ("asylum", "protection", "asile") if words and one.encode() in low
        ]

    def token(self) -> str:
        """That of a system which may ask for everything."""
        RATE.forget()
        admission = Admission(
            name="Visa system",
            responsible="Ms Diarra, Ministry of Foreign Affairs",
            purpose="Visa decisions, by the law on foreigners of 2020",
            scopes=frozenset(Scope),
            expires=node_time() + timedelta(days=90),
        )
        return admit_system(acting(self.room.cast.idrissa), admission).text


@pytest.fixture
def planted(cast: Cast) -> Planted:
    return Planted(cast)


def _bodies(peer: Peer) -> bytes:
    """What a peer gets of this node's own journals, as it lies in the segments."""
    told = b""
    for own in own_journals(peer):
        after = 0
        while (run := read_run(peer, own.journal, after)) is not None:
            told += b"".join(one.body or b"" for one in run.entries)
            after = run.head.place.sequence
    return told


def _got(client: Client, name: str, *args: object, **asked: str) -> bytes:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return b"".join(book.read(one) for one in book.namelist())
    return bytes(raw)


def _at_hq(
    name: str, *args: object, who: str = "djibril", **asked: str
) -> Callable[[Planted], bytes]:
    def probe(planted: Planted) -> bytes:
        with at_node(HQ):
            return _got(room_of(getattr(planted.room.cast, who)), name, *args, **asked)

    return probe


def _both(*probes: Callable[[Planted], bytes]) -> Callable[[Planted], bytes]:
    return lambda planted: b"".join(probe(planted) for probe in probes)


def _asked(*addresses: str) -> Callable[[Planted], bytes]:
    """What a system is told that may ask everything."""

    def probe(planted: Planted) -> bytes:
        with at_node(HQ):
            token = planted.token()
            client = Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})
            told = b""
            for address in addresses:
                asked = address.replace("CROSSING", str(planted.crossing))
                answer = client.get(f"/api/v1/{asked}".replace("TODAY", node_day().isoformat()))
                assert answer.status_code == 200, answer.content
                told += answer.content
            return told

    return probe


def _screened(planted: Planted) -> bytes:
    with at_node(HQ):
        token = planted.token()
        client = Client(headers={"Authorization": f"Bearer {token}"})
        person = {"surname": "KEITA", "given_names": "MARIAM"}
        answer = client.post("/api/v1/screen", json.dumps(person), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return bytes(answer.content)


def _to_post(planted: Planted) -> bytes:
    with at_node(HQ):
        _pen, peer = befriend(NodeKind.POST)
        return _bodies(peer)


def _list_file(planted: Planted) -> bytes:
    with at_node(HQ):
        report = import_un(SMALL, actor=Actor(), limit_days=30)
        return _got(room_of(planted.room.cast.fanta), "list-source", report.edition)


def _sheet(planted: Planted) -> bytes:
    with at_node(POST):
        return _got(room_of(planted.room.cast.coumba), "shift-closing")


def _closing_sheet(planted: Planted) -> bytes:
    """What is set as PDF when the shift ends in which somebody asked for protection."""
    with at_node(POST):
        actor = acting(planted.room.cast.coumba)
        team = (Member(officer=planted.room.cast.coumba.id, duty=Duty.IN_CHARGE),)
        id = new_id()
        open_shift(actor, id, team, node_time() - timedelta(hours=1))
        close_shift(actor, id)
        return msgspec.json.encode(fill_sheet(Shift.objects.get(id=id), "en"))


def _printed(*line: str) -> Callable[[Planted], bytes]:
    """What a command writes, at the HQ, which has everything."""

    def probe(_planted: Planted) -> bytes:
        with at_node(HQ), redirect_stdout(TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
            main(list(line))
            out.flush()
            return out.buffer.getvalue()  # type: ignore[attr-defined]  # what it was made on

    return probe


def _screened_file(planted: Planted) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "travellers.csv"
        path.write_text("Nom;Prénoms;Né le\nKEITA;MARIAM;1990\n", "utf-8")
        with at_node(HQ):
            import_un(SMALL, actor=Actor(), limit_days=30)
        LISTS.forget()
        return _printed("screen", "file", str(path), "--output", "json")(planted)


def _refusal(planted: Planted) -> bytes:
    """What would be set as PDF, were the traveller refused; as they are not, there is no form."""
    with at_node(POST):
        form = reverse("refusal-form", args=[planted.crossing, "en"])
        assert room_of(planted.room.cast.boubacar).get(form).status_code == 404
        row = Crossing.objects.get(id=planted.crossing)
        row.refusal_reason = "no_valid_document"
        return msgspec.json.encode(fill(row, "en"))


def _receipt(planted: Planted) -> bytes:
    """What the traveller is given once they were let cross all the same."""
    with at_node(POST):
        humane = AdmissionReason.HUMANITARIAN
        resolve(planted.room.boubacar, planted.crossing, Decision.ADMITTED, admission=humane)
        return _got(room_of(planted.room.cast.boubacar), "receipts", planted.crossing)


def _declared(planted: Planted) -> bytes:
    """The totals of what came with the crossing of somebody who then asked for protection."""
    with at_node(POST):
        lines = (Load(kind=GoodsKind.FOOD, quantity=2, unit=Unit.BAG),)
        said = GoodsDeclared(declaration=new_id(), direction=Direction.ENTRY, goods=lines)
        told = Declarer(crossing=planted.crossing, owner="KANARI-NAME")
        declare(acting(planted.room.cast.aminata, "1"), said, told)
    return _at_hq("hq-declarations-table")(planted)


def _card(planted: Planted) -> bytes:
    """The card of a resident who crossed and then asked for protection says nothing of it."""
    with at_node(POST):
        crossing = Crossing.objects.get(id=planted.crossing)
        said = Registration(
            kind=ResidentKind.RESIDENT,
            traveller=Traveller(surname=crossing.surname, nationality="MLI"),
            village="Kourémalé",
        )
        row = register(acting(planted.room.cast.aminata, "1"), new_id(), said)
        assert _got(client_of(planted.room.cast.coumba), "resident-card", row.id)
        return msgspec.json.encode(fill_card(row))


def _answer(planted: Planted) -> bytes:
    """What somebody else who complained here fetches at the kiosk."""
    acquaint()
    with at_node(POST):
        row = complained()
    taken_in()
    with at_node(HQ):
        oversight = acting(planted.room.cast.kadiatou)
        answer_complaint(oversight, row.id, new_id(), "The money was given back.", None)
    with at_node(POST):
        asked = {"number": row.number, "secret": SECRET}
        answer = Client().post(reverse("public-answer", args=["en"]), asked, follow=True)
        assert b"The money was given back." in answer.content
        return answer.content


def _contacts(planted: Planted) -> bytes:
    """Who crossed at the lane near somebody else, with the one who claims among them."""
    with at_node(POST):
        sick = planted.room.waits(ReferralReason.HEALTH, number="SP0000078")
    for officer in (planted.room.cast.boubacar, planted.room.cast.djibril):
        planted.room.member(officer, Compartment.MEDICAL)
    with at_node(POST):
        hot = Checked(check=issue_id(), temperature=39.0)
        check_health(acting(planted.room.cast.boubacar), sick, hot)
    with at_node(HQ):
        client = room_of(planted.room.cast.djibril)
        client.post(reverse("health-contacts", args=[sick]), {"purpose": "case"})
        told = _got(client, "health-contacts-table", sick)
        assert b"SP0000077" in told
        return told


PROBES: dict[str, Callable[[Planted], bytes]] = {
    "api.crossings": _asked("crossings?persons=true", "crossings/CROSSING?persons=true"),
    "api.numbers": _asked("flows?start=TODAY&end=TODAY&rows=nationality", "posts", "health"),
    "api.screening": _screened,
    "cases.hit_figures": _at_hq("hit-figures-table"),
    "cases.refusal_form": _refusal,
    "residents.card": _card,
    "declarations.totals": _declared,
    "crossings.receipt": _receipt,
    "crossings.closing_sheet": _sheet,
    "displacements.table": _at_hq("hq-displacements-table"),
    "exchange.to_post": _to_post,
    "flows.overstays": _at_hq("stays-over-counts"),
    "flows.tables": _both(
        _at_hq("flows-table", "csv"), _at_hq("flows-table", "xlsx"), _at_hq("flows-long", "csv")
    ),
    "health.contacts": _contacts,
    "lists.commands": _screened_file,
    "lists.files": _list_file,
    "node.metrics": _at_hq("health-metrics"),
    "register.closing_sheet": _closing_sheet,
    "rights.answer": _answer,
    "posts.officers": _printed("officer", "list"),
}

_PATHWAYS = ("exchange.to_post", "node.metrics")
"""Where the word itself may stand: pathways go to every post, and measures have names."""


NEIGHBOUR = WayOut(name="tests.neighbour", recipient=Recipient.NEIGHBOUR, carries="", doors=())


@pytest.mark.usefixtures("pages")
class TestAClaim:
    @pytest.mark.parametrize("name", sorted(PROBES))
    def test_leaves_by_no_way_that_is_not_trusted(self, planted: Planted, name: str) -> None:
        raw = PROBES[name](planted)
        assert raw
        assert planted.tells(raw, words=name not in _PATHWAYS) == []

    def test_reaches_the_headquarters_and_the_sheet(self, planted: Planted) -> None:
        """The control: what is looked for is there to be found."""
        with at_node(POST):
            _pen, hq = befriend(NodeKind.HQ)
            told = planted.tells(_bodies(hq))
            assert {*SECRETS, "the referral", "the picture", "asylum", "protection"} <= set(told)
            client = room_of(planted.room.cast.boubacar)
            client.post(reverse("referral", args=[planted.referral]), {"purpose": "case"})
            sheet = planted.tells(_got(client, "referral-sheet", planted.referral))
            assert "KANARI-WORDS" in sheet
            assert not {"KANARI-PICTURE", "the picture"} & set(sheet)

    @pytest.mark.parametrize("kind", ["referral.made", "picture.attached", "picture.piece"])
    def test_stays_with_the_headquarters_whatever_audience_is_written(
        self, planted: Planted, kind: str
    ) -> None:
        with at_node(POST), transaction.atomic():
            written = JournalEntry.objects.filter(kind=kind).first()
            assert written
            content = decode_body(bytes(written.body or b"")).read()
            entry = record(content, actor=planted.room.boubacar, audience=TO_STATE)
            _pen, post = befriend(NodeKind.POST)
            _pen, hq = befriend(NodeKind.HQ)
            assert for_peer(entry.sealed(), post).body is None
            assert for_peer(entry.sealed(), hq).body is not None

    def test_is_not_told_by_what_was_decided(self, planted: Planted) -> None:
        """The reason of a referral, of an admission and a note are nobody's but the HQ's."""
        with at_node(POST):
            resolve(
                planted.room.boubacar,
                planted.crossing,
                Decision.ADMITTED,
                admission=AdmissionReason.HUMANITARIAN,
                note="KANARI-WORDS: asks for asylum",
            )
        raw = PROBES["api.crossings"](planted)
        assert str(planted.crossing).encode() in raw
        assert planted.tells(raw) == []

    def test_has_a_probe_for_every_way_that_is_not_trusted(self) -> None:
        assert set(PROBES) == {way.name for way in ways_out() if way.recipient not in TRUSTED}

    def test_is_not_even_told_that_the_person_crossed(self, planted: Planted) -> None:
        with at_node(POST):
            only_asked = planted.room.waits(ReferralReason.PROTECTION, number="SP0000078")
            other = planted.room.waits(number="SP0000079")
            referred = planted.room.referred(
                Compartment.ASYLUM, planted.room.waits(number="SP0000080")
            )
        asked = [planted.crossing, only_asked, other, referred.crossing]
        assert withheld(NEIGHBOUR, asked) == {planted.crossing, only_asked, referred.crossing}
        assert Crossing.objects.filter(id__in=asked).count() == 4
        assert Referral.objects.count() == 2
