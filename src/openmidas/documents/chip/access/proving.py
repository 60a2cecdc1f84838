"""Asking a chip, on its open line, to prove that it is no copy."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import msgspec

from openmidas.documents.chip.access.agreeing import agree
from openmidas.documents.chip.access.bac import Random
from openmidas.documents.chip.access.chip_ways import read_chip_ways
from openmidas.documents.chip.access.commands import EXTENDED_MOST, SHORT_MOST, Command
from openmidas.documents.chip.access.files import COM, read_file
from openmidas.documents.chip.access.messaging import SecureLine
from openmidas.documents.chip.active import ACTIVE_PARAGRAPH, CHALLENGE
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.groups import read_chip_key, read_options
from openmidas.documents.chip.keys import RsaKey, read_key
from openmidas.documents.chip.originality import CHIP_PARAGRAPH
from openmidas.documents.chip.proofs import ActiveAnswer, AgreedKeys, ChipProofs

_LONGEST_SHORT = 1792
"""Bits of an RSA key whose answer still fits into a short one, sealed (Doc 9303-11, 6.1.4)."""


def ask_for_proofs(
    line: SecureLine,
    files: Mapping[str, bytes],
    absent: tuple[int, ...] = (),
    *,
    random: Random = secrets.token_bytes,
) -> ChipProofs:
    """What the chip answers, for `originality.prove` to judge. Never raises.

    Chip authentication comes last: with a chip that fails it, the line is over. `absent`: groups that it
    was asked for and refused.
    """
    proofs = ChipProofs(absent=absent)
    if "DG15" in files:
        challenge = random(CHALLENGE)
        proofs = msgspec.structs.replace(proofs, active=_signed(line, files["DG15"], challenge))
    if "DG14" in files and not line.over:
        proofs = msgspec.structs.replace(proofs, keys=_agreed(line, files))
    return proofs


def _signed(line: SecureLine, file: bytes, challenge: bytes) -> ActiveAnswer:
    try:
        key = read_key(read_chip_key(file).info)
        long = isinstance(key, RsaKey) and key.modulus.bit_length() > _LONGEST_SHORT
        most = EXTENDED_MOST if long else SHORT_MOST
        response = line.ask(Command(0, 0x88, 0, 0, challenge, expected=most))
    except Unreadable as error:
        return ActiveAnswer(challenge, problem=error.finding("active", ACTIVE_PARAGRAPH))
    return ActiveAnswer(challenge, response)


def _agreed(line: SecureLine, files: Mapping[str, bytes]) -> AgreedKeys | None:
    """None where the chip does not offer it. Else a file is read again, under the new keys."""
    cipher = ""
    try:
        if not read_options(files["DG14"]).chip_authentication:
            return None
        ways = read_chip_ways(files["DG14"])
        if not ways:
            raise Unreadable("chip_way_unknown")
        cipher = ways[0].cipher
        _read_again(agree(line, ways[0]), files.get("COM", b""))
    except Unreadable as error:
        return AgreedKeys(cipher, error.finding("chip", CHIP_PARAGRAPH))
    return AgreedKeys(cipher)


def _read_again(line: SecureLine, wanted: bytes) -> None:
    """The proof: a file under the new keys. Raises `Unreadable`."""
    try:
        found = read_file(line, COM)
    except Unreadable as error:
        if error.code in ("messaging_wrong", "messaging_lost"):
            raise Unreadable("keys_not_shared") from None
        if error.code == "chip_refused":
            raise Unreadable("keys_unused", **error.params) from None
        raise
    if found != wanted:
        raise Unreadable("keys_not_shared")
