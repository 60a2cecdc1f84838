"""Lists of revoked certificates: the largest that are taken, spoilt ones, and stale ones."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from bench.report import Figure, at_least, at_most
from openmidas.documents.chip import authenticate, import_file
from tests.documents.chip.made import NOW, StateOfOurs
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting

SIZES = (1, 100, 4000)
PASSED = datetime(2026, 2, 1, tzinfo=UTC)


def list_figures(flips: int, seed: int) -> list[Figure]:
    """A revoked signer is found, nothing spoilt is taken, and by a stale list nobody passes."""
    state = StateOfOurs()
    trust = trusting(state.authority.certificate)
    found, slowest = 0, 0.0
    for size in SIZES:
        serials = dict.fromkeys((state.signer.serial, *range(1000, 1000 + size)))
        store, _said = import_file(
            trust, "x.crl", revocations(state.authority, serials), by="one", at=NOW
        )
        began = time.process_time()
        said = authenticate(state.sod, state.groups, store, at=NOW)
        slowest = max(slowest, time.process_time() - began)
        found += said.step("revocation").outcome == "failed"
    stale, _said = import_file(
        trust, "x.crl", revocations(state.authority, until=PASSED), by="one", at=NOW
    )
    clear = authenticate(state.sod, state.groups, stale, at=NOW).step("revocation").outcome
    chance = random.Random(seed)  # noqa: S311  the same bits each time
    whole = revocations(state.authority, {state.signer.serial: None})
    taken = 0
    for _each in range(flips):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        taken += import_file(trust, "x.crl", bytes(spoilt), by="one", at=NOW)[1].accepted
    return [
        at_least("revoked signers found, in lists of up to 4,001", found, "", len(SIZES)),
        at_most("processor time with the longest list", 1000 * slowest, "ms", 500),
        at_most("lists with one bit flipped that are taken", taken, "", 0),
        at_most("stale lists by which a signer passes", int(clear == "passed"), "", 0),
    ]
