"""A receipt, and the keys of a State and its post."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.documents.receipts import (
    CrossingReceipt,
    certify,
    mark_of,
    receipt_code,
    receipt_number,
)

NODE = UUID("01900000-0000-7000-8000-000000000001")
STATE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
POST_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(64, 96)))
STATE = STATE_KEY.public_key().public_bytes_raw()
OTHER = OTHER_KEY.public_key().public_bytes_raw()
RECEIPT = CrossingReceipt(
    number=receipt_number(NODE, 1, 12_345),
    at=datetime(2026, 11, 25, 14, 5, 9, tzinfo=timezone(timedelta(hours=1))),
    exit=False,
    stay_until=date(2027, 2, 22),
    digits="4711",
)
VECTOR = (
    "MIDAS1:AEB2CB57JVGESQ2ZGNNCTLF24FA3ZSXQWIXBVFGTJUF4ONQ6KJWQX7QSZCLZJPETEKLG3VYJY"
    "AFUW33VOLB2S3LBNTB2TGPDIMR77NM2HHS73GPNUNE5UCH3QFF76M3E7J7V46TX2FJDUXDWCL66SXUDU"
    "DEQKDRWPMW7SPBDCK2ANN47SAIFTLY6RUK4LRPGUMGWWBW5AUCAACRRBICEGWJTLIYTAQZRKNFTINZRG"
    "FHPAGCHVA6GBYBYBAG5CSI2FNWKLFC52XAAB7ZU7YBCUFYQKGRVOEAV6K72OOOAUQCFOZ3HSCUZ3J4LZ"
    "ZINXU6FU6WVLZIG5QRGD7IPM4C3GWI"
)
"""The code of ``RECEIPT``, as `docs/format.md` has it: a change of the format would be seen."""


def certificate(key: Ed25519PrivateKey = STATE_KEY, mark: str = "") -> bytes:
    """What the State says of the post at Kourémalé."""
    return certify(
        key,
        state="MLI",
        mark=mark or mark_of(NODE),
        name="Kourémalé",
        public_key=POST_KEY.public_key().public_bytes_raw(),
        since=date(2026, 11, 1),
    )


def code(key: Ed25519PrivateKey = STATE_KEY, receipt: CrossingReceipt = RECEIPT) -> str:
    """The code of a receipt, certified by this State."""
    return receipt_code(POST_KEY, certificate(key), receipt)
