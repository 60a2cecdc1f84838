"""States of ours whose authorities sign: their certificates, and a master list of one of them."""

from __future__ import annotations

from tests.documents.chip import made
from tests.documents.chip.made import MASTER_LIST, Holder, Signed

KEY = made.new_key()
NIGER = made.certify(made.named("NE", "CSCA Niger"), KEY, authority=True)
MALI = made.certify(made.named("ML", "CSCA Mali"), KEY, authority=True)
GUINEA = made.certify(made.named("GN", "CSCA Guinea"), KEY, authority=True)
NEXT_KEY = made.new_key()
NIGER_LINK = made.certify(made.named("NE", "CSCA Niger"), NEXT_KEY, NIGER, serial=8, authority=True)
LISTER = made.certify(
    made.named("NE", "List signer"), KEY, NIGER, purposes=("2.23.136.1.1.3",), serial=9
)


def a_list(*certificates: Holder, signer: Holder = LISTER, root: Holder = NIGER) -> bytes:
    """A master list of these certificates as a file, signed by Niger if nobody else is named."""
    return _list([one.certificate for one in certificates], signer, root)


def a_list_with_unread(count: int) -> bytes:
    """A master list with so many certificates that are none."""
    return _list([made.tlv(5)] * count, LISTER, NIGER)


def _list(certificates: list[bytes], signer: Holder, root: Holder) -> bytes:
    content = made.master_list(certificates)
    bundle = (signer.certificate, root.certificate)
    return Signed(content, signer, MASTER_LIST, certificates=bundle).written()
