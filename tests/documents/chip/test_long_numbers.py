"""Numbers in signed files that are longer than they should be."""

from __future__ import annotations

import pytest

from openmidas.documents.chip import import_file
from tests.documents.chip import made
from tests.documents.chip.made import NOW
from tests.documents.chip.test_authentication import checked, failed, trusting, utopia

ENDLESS = 1 << 16_000
"""More figures than Python writes down."""


@pytest.mark.parametrize(
    "changes",
    [
        {"content": made.hashes_of({1: b""}, version=7)},
        {"content": made.hashes_of({1: b""}, version=ENDLESS)},
        {"content": made.hashes_of({ENDLESS: b""})},
        {"version": ENDLESS},
    ],
    ids=["wrong version", "endless version", "endless group", "endless version of the signed data"],
)
def test_a_number_that_may_not_stand_there_is_a_fault_of_the_chip(
    changes: dict[str, object],
) -> None:
    said = checked(utopia().signed.but(**changes))
    assert (said.outcome, list(failed(said))) == ("invalid", ["structure"])


def test_a_serial_number_longer_than_twenty_octets_is_read_and_revoked() -> None:
    authority = utopia().authority
    long = made.certify(made.named("UT", "Long"), made.new_key(), authority, serial=1 << 200)
    signed = utopia().signed.but(signer=long)
    store = trusting(authority.certificate)
    assert checked(signed, store).outcome == "valid"
    revoked = made.revoked(authority, long.serial)
    store, _taken = import_file(store, "a.crl", revoked, by="Issa", at=NOW)
    assert failed(checked(signed, store)) == {"revocation": ["certificate_revoked"]}
