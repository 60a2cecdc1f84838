"""Every way out of a node is on one list, and what is confined passes by none but the trusted ones.

A new way needs a registration beside its room (`ways_out.py`), a row in docs/data.md, and a probe in
`tests/test_claims.py`: what comes out of it while a claim is in the tables. An address, command or message
that carries nothing of persons is named below, with the reason.
"""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, get_args

import msgspec
import pytest
from django.urls import URLPattern, get_resolver

from openmidas.cli import build_parser
from openmidas.exchange import messages, records
from openmidas.journal.kinds import entry_kinds
from openmidas.nodes.ways_out import (
    ABROAD,
    TRUSTED,
    Recipient,
    WayOut,
    may_carry,
    may_tell,
    tellable,
    ways_out,
)

SOURCES = Path(__file__).resolve().parents[1] / "src" / "openmidas"
DATA_PAGE = (SOURCES.parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
DOORS = {door for way in ways_out() for door in way.doors}

SILENT_ADDRESSES = {
    "api-docs": "the description of the API",
    "api-openapi": "the same for programs",
    "api-unknown": "says that there is no such address",
    "health": "whether the node works",
    "health-definitions-sample": "alert definitions, of no person",
    "help-file": "the documentation",
    "hq-rules-sample": "rules, of no person",
    "incident-rules-sample": "rules that raise incidents, of no person",
    "join": "cards of nodes, of no person",
    "national-list-template": "an empty table",
    "pathways-sample": "pathways, of no person",
    "public-figures-file": "numbers of complaints, without small ones",
    "public-receipts-page": "the State's public key, and how to check with it",
    "public-sound": "the notice of rights, spoken",
    "workstation": "how to set up a browser",
    "workstation-authority": "the State's own certificate",
}
PARTS_OF_PAGES = {
    "counter-chip": "what a chip came to, for the lane's page, and nothing that stands in it",
    "counter-seal": "what a seal came to, for the lane's page",
    "conveyance-picture": "stands on the page of a bus, as its manifest does",
    "hq-conveyance-picture": "stands on the page of a bus, after a purpose",
    "hq-incident-picture": "stands on the incident's page, after a purpose",
    "hq-interview-picture": "stands on the interview's page, after a purpose",
    "hq-paper-page": "stands on the page of a day's paper register, after a purpose",
    "incident-picture": "stands on the incident's page",
    "interview-picture": "stands on the interview's page",
    "referral-picture": "stands on the referral's page, for its readers and after a purpose",
    "paper-page": "stands beside the form of the paper register",
}
"""Parts that a page shows: the same check lets in, and what an officer copies is no way."""
SILENT_COMMANDS = {
    "of certificates of States": "issuers bring",
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
        "|incident-rules publish|incident-rules show|incident-rules sample"
    ),
    "reads a document that is given to it": "read mrz|read image|read chip|read seal",
    "of certificates of States, and who approved them": "documents trust",
    "makes a seal of what it is told": "documents seal write",
    "brings a reader to the page of its own workstation": "reader pair|reader run",
    "makes numbers into a file of keyed hashes": "lists lost build",
    "invented travellers": "simulate",
    "of the pages for the public": "public|receipts page|notice list|notice take|notice remove",
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
        assert found - listed - set(PARTS_OF_PAGES) == set(SILENT_ADDRESSES)

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


NEIGHBOUR = WayOut(name="tests.neighbour", recipient=Recipient.NEIGHBOUR, carries="", doors=())


class TestANeighbour:
    """No State is told anything yet. Whatever will tell one has to pass here."""

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

    def test_are_all_entries_of_a_picture(self) -> None:
        """Those of a referral have no other kind than those of a lorry."""
        assert {"picture.attached", "picture.piece"} <= set(self.CONFINED)

    @pytest.mark.parametrize("recipient", Recipient)
    def test_goes_to_the_trusted_alone(self, recipient: Recipient) -> None:
        way = msgspec.structs.replace(NEIGHBOUR, recipient=recipient)
        trusted = recipient in {Recipient.OWN_HQ, Recipient.WRITER, Recipient.PROTECTION}
        assert may_tell(way) is trusted
        for kind in (*self.CONFINED, "kind.of_tomorrow"):
            assert may_carry(way, kind) is trusted
        assert not ABROAD & TRUSTED
