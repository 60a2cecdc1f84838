"""Every way out of a node is on one list, and a claim to asylum leaves by none but the trusted ones.

A new way needs a registration beside its room (`ways_out.py`), a row in docs/data.md, and a probe
here: what comes out of it while a claim is in the tables. An address, command or message that carries
nothing of persons is named below, with the reason.
"""

from __future__ import annotations

import argparse
import inspect
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType, ModuleType
from typing import Any, get_args

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from openmidas.api.rate import RATE
from openmidas.api.scopes import Scope
from openmidas.api.services import Admission, admit_system
from openmidas.cases.referrals.entries import Outcome, ReferralMade
from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pathways import Consent
from openmidas.cases.referrals.services import Taken, begin, close, take_step
from openmidas.cases.refusal_form.filling import fill
from openmidas.cli import build_parser, main
from openmidas.crossings.entries import AdmissionReason, ReferralReason
from openmidas.crossings.entries import Outcome as Decision
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import resolve
from openmidas.exchange import messages, records
from openmidas.exchange.reading import for_peer, own_journals, read_run
from openmidas.journal import TO_STATE, Actor, NodeKind
from openmidas.journal.kinds import entry_kinds
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.services import import_un
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_day, node_time, record
from openmidas.nodes.ways_out import (
    ABROAD,
    TRUSTED,
    Recipient,
    WayOut,
    may_carry,
    may_tell,
    tellable,
    ways_out,
    withheld,
)
from openmidas.posts.entries import Compartment
from tests.cases.referrals.conftest import Room, room_of, said
from tests.conftest import HQ, POST
from tests.exchange.peers import befriend
from tests.lists.conftest import SMALL
from tests.support.cast import Cast, acting, at_node

SOURCES = Path(__file__).resolve().parents[1] / "src" / "openmidas"
DATA_PAGE = (SOURCES.parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
DOORS = {door for way in ways_out() for door in way.doors}

SILENT_ADDRESSES = {
    "api-docs": "the description of the API",
    "api-openapi": "the same for programs",
    "api-unknown": "says that there is no such address",
    "health": "whether the node works",
    "help-file": "the documentation",
    "hq-rules-sample": "rules, of no person",
    "join": "cards of nodes, of no person",
    "national-list-template": "an empty table",
    "pathways-sample": "pathways, of no person",
    "workstation": "how to set up a browser",
    "workstation-authority": "the State's own certificate",
}
SILENT_COMMANDS = {
    "of machines and keys": (
        "init prepare card enrol meet up serve exchange worker join doctor install unseal|epoch open|"
        "epoch show|backup key|backup init|backup verify|restore|seal on|seal status|seal close|seal off|"
        "seal add|seal phrase|seal remove|seal token|seal hq|lease list|lease set|ca init|ca sign|ca issue|"
        "ca request|ca use|ca show|collect prepare|collect pin|collect status|collect settle|collect serve"
    ),
    "of places in journals": (
        "journal verify|journal settle|journal rebuild|journal erase|journal erased|journal status|"
        "stick import"
    ),
    "of posts": (
        "post configure|post invite|post revoke|post admit|post replace propose|post replace approve|"
        "post replace withdraw|post replace show"
    ),
    "takes in, and prints a code once": "officer enrol|officer code",
    "of rules, kinds and counts": (
        "rules publish|rules show|rules sample|lists kinds|lists template|flows check|flows recount"
    ),
    "reads a document that is given to it": "read mrz",
    "makes numbers into a file of keyed hashes": "lists lost build",
    "invented travellers": "simulate",
}
SILENT_MESSAGES = {
    "Noted", "Refusal", "Ping", "Pong", "Received", "Seen", "Stopped", "Nudge", "Passed",
}  # fmt: skip
"""Receipts, numbers and codes."""


def _names() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of the project with its view."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLPattern):
            assert one.name
            yield one.name, inspect.unwrap(one.callback)
        else:
            waiting += one.url_patterns


_FILES = re.compile(
    r"Content-Disposition|as_attachment|FileResponse|StreamingHttp|JsonResponse|content_type=|csv\.writer"
)
_TEMPLATES = re.compile(r"\"(\w+/[\w/]+\.html)\"")
_ON_PAPER = re.compile(r"class=\"page sheet|window\.print")


def _gives_a_file(view: Callable[..., Any], seen: set[object] | None = None) -> bool:
    """Whether a view, or a function that it calls, answers with something else than a page."""
    seen = set() if seen is None else seen
    if view in seen or not isinstance(view, FunctionType) or "openmidas" not in view.__module__:
        return False
    seen.add(view)
    source = inspect.getsource(view)
    named = _TEMPLATES.findall(source)
    templates = [path for one in named for path in SOURCES.glob(f"*/templates/{one}")]
    if _FILES.search(source) or any(_ON_PAPER.search(one.read_text()) for one in templates):
        return True
    return any(_gives_a_file(one, seen) for one in _called(view))


def _called(view: FunctionType) -> Iterator[FunctionType]:
    named = view.__code__.co_names
    for name in named:
        found = view.__globals__.get(name)
        if isinstance(found, FunctionType):
            yield inspect.unwrap(found)
        elif isinstance(found, ModuleType) and found.__name__.startswith("openmidas"):
            for other in named:
                inner = getattr(found, other, None)
                if isinstance(inner, FunctionType):
                    yield inspect.unwrap(inner)


def _leaves(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not groups:
        yield before.strip()
    for group in groups:
        for name, below in group.choices.items():
            yield from _leaves(below, f"{before} {name}")


class TestTheList:
    def test_has_every_address_that_gives_a_file_or_a_sheet(self) -> None:
        found = {name for name, view in _names() if name.startswith("api-") or _gives_a_file(view)}
        assert {
            "flows-table",
            "shift-closing",
            "list-source",
            "stick-make",
        } <= found  # it does find
        listed = {door.removeprefix("url:") for door in DOORS if door.startswith("url:")}
        assert found - listed == set(SILENT_ADDRESSES)

    def test_has_every_command_that_prints_or_writes_of_persons(self) -> None:
        silent = {
            one
            for group in SILENT_COMMANDS.values()
            for part in group.split("|")
            for one in (part.split() if part.startswith("init ") else [part])
        }
        listed = {door.removeprefix("command:") for door in DOORS if door.startswith("command:")}
        assert set(_leaves(build_parser())) - listed - silent == set()

    def test_has_every_message_between_nodes(self) -> None:
        unions = (messages.Question, messages.Answer, records.Brought, records.Told)
        names = {one.__name__ for union in unions for one in get_args(union)}
        listed = {
            door.partition(":")[2] for door in DOORS if door.startswith(("message:", "frame:"))
        }
        assert names - listed == SILENT_MESSAGES

    def test_has_no_door_that_is_gone(self) -> None:
        addresses, commands = {name for name, _ in _names()}, set(_leaves(build_parser()))
        for door in DOORS:
            kind, _colon, name = door.partition(":")
            if kind == "url":
                assert name in addresses
            elif kind == "command":
                assert name in commands
            else:
                assert hasattr(messages, name) or hasattr(records, name)

    def test_is_the_one_of_the_page_on_data(self) -> None:
        table = DATA_PAGE.partition("## Ways out of a node")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| ([a-z_.]+) \| ([a-z ]+) \|", table, re.MULTILINE)
        assert dict(rows[1:]) == {way.name: way.recipient.replace("_", " ") for way in ways_out()}

    def test_has_a_probe_for_every_way_that_is_not_trusted(self) -> None:
        assert set(PROBES) == {way.name for way in ways_out() if way.recipient not in TRUSTED}


SECRETS = ("KANARI-NAME", "KANARI-WORDS", "KANARI-WHY", "KANARI-REACHED", "KANARI-CLOSING")


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
            close(room.boubacar, begun.referral, Outcome.HANDED_OVER, "KANARI-CLOSING")

    def tells(self, raw: bytes, *, words: bool = True) -> list[str]:
        """What of the claim stands in these bytes. ``words``: those that say that there is one."""
        low = raw.lower()
        secret = [one for one in SECRETS if one.lower().encode() in low]
        ids = (str(self.referral).encode(), self.referral.hex.encode(), self.referral.bytes)
        secret += ["the referral" for one in ids if one in raw]
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


PROBES: dict[str, Callable[[Planted], bytes]] = {
    "api.crossings": _asked("crossings?persons=true", "crossings/CROSSING?persons=true"),
    "api.numbers": _asked("flows?start=TODAY&end=TODAY&rows=nationality", "posts", "health"),
    "api.screening": _screened,
    "cases.hit_figures": _at_hq("hit-figures-table"),
    "cases.refusal_form": _refusal,
    "crossings.closing_sheet": _sheet,
    "exchange.to_post": _to_post,
    "flows.overstays": _at_hq("stays-over-counts"),
    "flows.tables": _both(
        _at_hq("flows-table", "csv"), _at_hq("flows-table", "xlsx"), _at_hq("flows-long", "csv")
    ),
    "lists.commands": _screened_file,
    "lists.files": _list_file,
    "node.metrics": _at_hq("health-metrics"),
    "posts.officers": _printed("officer", "list"),
}

_PATHWAYS = ("exchange.to_post", "node.metrics")
"""Where the word itself may stand: pathways go to every post, and measures have names."""


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
            assert {*SECRETS, "the referral", "asylum", "protection"} <= set(told)
            client = room_of(planted.room.cast.boubacar)
            client.post(reverse("referral", args=[planted.referral]), {"purpose": "case"})
            assert "KANARI-WORDS" in planted.tells(_got(client, "referral-sheet", planted.referral))

    def test_stays_with_the_headquarters_whatever_audience_is_written(
        self, planted: Planted
    ) -> None:
        with at_node(POST), transaction.atomic():
            content = ReferralMade(
                referral=new_id(),
                crossing=planted.crossing,
                compartment=Compartment.ASYLUM,
                edition=new_id(),
                consent=Consent.PERSON,
                why="KANARI-WHY",
            )
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


NEIGHBOUR = WayOut(name="tests.neighbour", recipient=Recipient.NEIGHBOUR, carries="", doors=())


class TestANeighbour:
    """No State is told anything yet. Whatever will tell one has to pass here."""

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

    def test_gets_no_entry_of_a_journal(self) -> None:
        assert not any(may_carry(NEIGHBOUR, name) for name in entry_kinds())

    @pytest.mark.parametrize("column", ["reason", "admission_reason", "note", "inspection"])
    def test_is_told_no_column_that_tells(self, column: str) -> None:
        with pytest.raises(ValueError, match=column):
            tellable(NEIGHBOUR, "crossings.Crossing", ("id", column))


class TestWhatIsConfined:
    CONFINED = [name for name, kind in entry_kinds().items() if kind.confined]

    def test_are_all_entries_of_a_referral(self) -> None:
        assert {"referral.made", "referral.noted", "referral.closed"} <= set(self.CONFINED)

    @pytest.mark.parametrize("recipient", Recipient)
    def test_goes_to_the_trusted_alone(self, recipient: Recipient) -> None:
        way = msgspec.structs.replace(NEIGHBOUR, recipient=recipient)
        trusted = recipient in {Recipient.OWN_HQ, Recipient.WRITER, Recipient.PROTECTION}
        assert may_tell(way) is trusted
        for kind in (*self.CONFINED, "kind.of_tomorrow"):
            assert may_carry(way, kind) is trusted
        assert not ABROAD & TRUSTED
