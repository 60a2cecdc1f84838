"""``midas reader``: brings a document reader of this workstation to the post's page. No node, no Django."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from openmidas.documents.commands.languages import in_language, terminal_language
from openmidas.documents.commands.parsing import shown, speak, why_not
from openmidas.documents.commands.reader_words import GONE, WORDS
from openmidas.documents.commands.zone_text import lines_of, zones
from openmidas.documents.readers.adapters import Adapter, Event, Gone, There
from openmidas.documents.readers.pairing import HOST, PORT, NotAnOrigin, load, pair, save, where
from openmidas.documents.readers.simulator import EVERY, MAKERS, Simulator, spaced

CHIP = "chip"
"""Among the simulators: a full-page reader with documents whose chips open."""


class Aloud:
    """An adapter that also tells the terminal when its reader comes and goes: nothing else shows there."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter

    async def events(self) -> AsyncGenerator[Event, None]:
        """See `Adapter`."""
        async with contextlib.aclosing(self._adapter.events()) as events:
            async for event in events:
                if isinstance(event, There):
                    _tell(_say("there").format(name=shown(event.name)))
                elif isinstance(event, Gone):
                    _tell(f"{in_language(GONE[event.why], terminal_language())} {_say('again')}")
                yield event


def _tell(said: str) -> None:
    sys.stderr.write(f"midas: {said}\n")
    sys.stderr.flush()


class CannotRun(Exception):  # noqa: N818  a word of the command: what it says is the reason
    """The command cannot be done; the text says why."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status: 0 done, 1 not possible, 2 not understood."""
    speak(terminal_language())
    parser = argparse.ArgumentParser(prog="midas reader", description=_say("about"))
    add_reader_commands(parser.add_subparsers(required=True, dest="reader_command"))
    options = parser.parse_args(list(arguments))
    try:
        return int(options.run(options))
    except CannotRun as failed:
        _tell(str(failed))
        return 1
    except KeyboardInterrupt:
        return 130


def add_reader_commands(group: Any) -> None:
    """Declare the commands below ``midas reader``, none of which needs a node."""
    for name, declare in (("pair", _add_pair), ("run", _add_run)):
        declare(group.add_parser(name, help=_say(name), description=_say(name)))


def _add_pair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--origin", required=True, metavar="URL", help=_say("origin"))
    parser.set_defaults(run=_pair, needs_node=False)


def _add_run(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--device", metavar="PATH", help=_say("device"))
    which.add_argument("--pcsc", nargs="?", const="", metavar="NAME", help=_say("pcsc"))
    which.add_argument("--simulate", nargs=2, metavar=("MAKER", "FILE"), help=_say("simulate"))
    which.add_argument("--kit", metavar="MODULE:NAME", help=_say("kit"))
    parser.add_argument("--every", type=float, default=EVERY, metavar="SECONDS", help=_say("every"))
    parser.add_argument("--authority", type=Path, metavar="FOLDER", help=_say("authority"))
    parser.set_defaults(run=_run, needs_node=False)


def _pair(options: argparse.Namespace) -> int:
    try:
        pairing, code = pair(options.origin)
        save(pairing, where())
    except NotAnOrigin as error:
        raise CannotRun(_say("not_an_origin").format(origin=error)) from error
    except OSError as error:
        raise CannotRun(
            _say("not_kept").format(path=where(), reason=why_not(error, terminal_language()))
        ) from error
    sys.stdout.write(_say("paired").format(code=code, origin=pairing.origin) + "\n")
    return 0


def _run(options: argparse.Namespace) -> int:
    pairing = load(where())
    if pairing is None:
        raise CannotRun(_say("not_paired"))
    adapter = _adapter(options)
    # What serves is not loaded for those who pair.
    from openmidas.documents.readers.agent import Agent

    # A simulator neither comes nor goes.
    agent = Agent(adapter if options.simulate else Aloud(adapter), lambda: load(where()))
    said = _say("serves").format(host=HOST, port=PORT, origin=pairing.origin)
    asyncio.run(_serve(agent.serving(), said))
    return 0


async def _serve(
    serving: contextlib.AbstractAsyncContextManager[asyncio.Task[None]], said: str
) -> None:
    """Serve until the program is ended, or the adapter fails."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            listening = await stack.enter_async_context(serving)
        except OSError as error:
            reason = _say("port_taken").format(
                port=PORT, reason=why_not(error, terminal_language())
            )
            raise CannotRun(reason) from error
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
        await listening
        await asyncio.Event().wait()  # a simulator has no more documents; the page says so


def _adapter(options: argparse.Namespace) -> Adapter:
    if options.simulate:
        maker, file = options.simulate
        return _simulator(maker, file, max(0.0, options.every), options.authority)
    if options.kit:
        return _kit(options.kit)
    if options.pcsc is not None:
        return _pcsc(options.pcsc)
    if sys.platform == "win32":
        raise CannotRun(_say("windows"))
    from openmidas.documents.readers.serial_port import SerialReader

    return SerialReader(options.device)


def _pcsc(name: str) -> Adapter:
    from openmidas.documents.chip.access.pcsc import slots
    from openmidas.documents.chip.findings import Unreadable
    from openmidas.documents.commands.chip_access_words import FOUND
    from openmidas.documents.readers.pcsc_reader import PcscReader

    try:
        slots()
    except Unreadable as error:
        if error.code == "pcsc_absent":  # a service that does not answer yet may do so later
            raise CannotRun(in_language(FOUND[error.code], terminal_language())) from error
    return PcscReader(name)


def _simulator(maker: str, file: str, every: float, authority: Path | None = None) -> Adapter:
    if maker not in (*MAKERS, CHIP):
        makers = ", ".join((*MAKERS, CHIP))
        raise CannotRun(_say("no_maker").format(maker=maker, makers=makers))
    try:
        with Path(file).open("rb") as opened:
            documents = list(zones(lines_of(opened)))
    except OSError as error:
        raise CannotRun(
            _say("no_file").format(path=file, reason=why_not(error, terminal_language()))
        ) from error
    if maker != CHIP:
        return Simulator(maker, spaced(documents, every))
    # Keys and pictures are loaded for chips alone.
    from openmidas.documents.readers.chip_simulator import ChipSimulator
    from openmidas.documents.readers.specimen_state import SpecimenState, country_of

    today = date.today()  # noqa: DTZ011  for the century of a birth only
    states = {one: SpecimenState(one) for one in {country_of(zone, today) for zone in documents}}
    if authority is not None:
        try:
            authority.mkdir(parents=True, exist_ok=True)
            for country, state in states.items():
                (authority / f"{country}.cer").write_bytes(state.certificate)
        except OSError as error:
            reason = _say("not_written").format(
                path=authority, reason=why_not(error, terminal_language())
            )
            raise CannotRun(reason) from error
    return ChipSimulator(states, spaced(documents, every))


def _kit(name: str) -> Adapter:
    """A maker's kit: ``MODULE:NAME``, called without arguments, gives the adapter."""
    module, _, factory = name.partition(":")
    try:
        adapter: Adapter = getattr(import_module(module), factory)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise CannotRun(_say("no_kit").format(name=name, reason=error)) from error
    return adapter


def _say(word: str) -> str:
    return in_language(WORDS[word], terminal_language())
