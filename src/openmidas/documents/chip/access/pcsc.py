"""Readers that the system reaches by PC/SC, through `pyscard`, which is installed apart.

It has no ready-made package for Linux: there it is the distribution's own (``python3-pyscard``), or built.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from openmidas.documents.chip.findings import Unreadable


class Connection:
    """A chip in a reader; calling it carries a command there and back."""

    def __init__(self, name: str) -> None:
        """Connect with the chip in the reader whose name begins so, or has this in it.

        Raises `Unreadable`: ``pcsc_absent``, ``pcsc_silent``, ``reader_unknown``, ``chip_absent``.
        """
        found = _readers()
        chosen = [one for one in found if name.casefold() in str(one).casefold()]
        if len(chosen) != 1:
            chosen = [one for one in found if str(one) == name]
        if len(chosen) != 1:
            raise Unreadable("reader_unknown", name=name, names=", ".join(map(str, found)) or "–")
        self._errors = _errors()
        self._broken: tuple[type[Exception], ...] = (*self._errors, ValueError)
        self._connection: Any = chosen[0].createConnection()
        try:
            self._connection.connect()
        except self._errors:
            raise Unreadable("chip_absent", name=str(chosen[0])) from None

    def __call__(self, command: bytes, /) -> bytes:
        """The answer. Raises `OSError` where the chip is gone."""
        try:
            data, first, second = self._connection.transmit(list(command))
            return bytes((*data, first, second))
        except self._broken as error:
            raise OSError(str(error)) from None

    def close(self) -> None:
        """Let the chip go."""
        try:
            self._connection.disconnect()
        except self._errors:
            return  # it was gone before


def slots() -> dict[str, bool]:
    """The readers that the system has by their names, and whether a chip lies on each.

    Raises `Unreadable`: ``pcsc_absent``, ``pcsc_silent``.
    """
    system = _module("smartcard.scard")
    status, context = system.SCardEstablishContext(system.SCARD_SCOPE_USER)
    if status != system.SCARD_S_SUCCESS:
        raise Unreadable("pcsc_silent")
    try:
        status, names = system.SCardListReaders(context, [])
        if status == system.SCARD_E_NO_READERS_AVAILABLE or not names:
            return {}
        asked = [(name, system.SCARD_STATE_UNAWARE) for name in names]
        status, states = system.SCardGetStatusChange(context, 0, asked)
        if status != system.SCARD_S_SUCCESS:
            raise Unreadable("pcsc_silent")
        return {name: bool(state & system.SCARD_STATE_PRESENT) for name, state, _atr in states}
    finally:
        system.SCardReleaseContext(context)


def _readers() -> list[Any]:
    system = _module("smartcard.System")
    try:
        return list(system.readers())
    except _errors():
        raise Unreadable("pcsc_silent") from None


def _errors() -> tuple[type[Exception], ...]:
    one = _module("smartcard.Exceptions").SmartcardException
    return one, _module("smartcard.pcsc.PCSCExceptions").BaseSCardException


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise Unreadable("pcsc_absent") from None
