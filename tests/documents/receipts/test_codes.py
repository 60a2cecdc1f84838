"""The code of a receipt: signed twice, checked by one key of the State."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, timedelta

import msgspec
import pytest

from openmidas.documents.receipts import Outcome, Verdict, read_certificate, receipt_code, verify
from openmidas.documents.receipts.code import LABEL
from tests.documents.receipts.made import (
    OTHER,
    OTHER_KEY,
    POST_KEY,
    RECEIPT,
    STATE,
    VECTOR,
    certificate,
    code,
)


def raw(text: str) -> bytes:
    letters = text.removeprefix(LABEL)
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def text_of(whole: bytes) -> str:
    """A code of these bytes, with a sum that fits."""
    checked = whole + hashlib.sha512(whole).digest()[:4]
    return LABEL + base64.b32encode(checked).decode().rstrip("=")


def test_a_code_says_what_the_receipt_says() -> None:
    found = verify(code(), [OTHER, STATE])
    assert found == Verdict(Outcome.VALID, read_certificate(certificate()), RECEIPT)
    assert found.certificate is not None
    assert (found.certificate.state, found.certificate.name) == ("MLI", "Kourémalé")
    assert found.certificate.since == date(2026, 11, 1)


def test_the_format_is_the_one_that_was_printed() -> None:
    assert code() == VECTOR


def test_no_limit_and_no_document_are_told_as_such() -> None:
    plain = msgspec.structs.replace(RECEIPT, stay_until=None, no_limit=True, digits="", exit=True)
    assert verify(code(receipt=plain), [STATE]).receipt == plain


@pytest.mark.parametrize("typed", [f" {code().lower()}\n", code()[:40] + "\n" + code()[40:]])
def test_a_code_is_read_as_it_is_pasted(typed: str) -> None:
    assert verify(typed, [STATE]).outcome is Outcome.VALID


def test_every_changed_byte_is_noticed() -> None:
    bytes_ = raw(code())
    for at in range(len(bytes_)):
        changed = bytearray(bytes_)
        changed[at] ^= 1
        text = LABEL + base64.b32encode(changed).decode().rstrip("=")
        assert verify(text, [STATE]).outcome is Outcome.INVALID


def test_every_changed_byte_is_noticed_though_the_sum_was_made_anew() -> None:
    whole = raw(code())[:-4]
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        found = verify(text_of(bytes(changed)), [STATE]).outcome
        # Four bytes say whose key it is: whoever changes them makes it a code of nobody we know.
        assert found is (Outcome.UNKNOWN if at in range(1, 5) else Outcome.INVALID)


def test_another_states_code_is_unknown_and_not_invalid() -> None:
    assert verify(code(OTHER_KEY), [STATE]) == Verdict(Outcome.UNKNOWN)
    assert verify(code(OTHER_KEY), []) == Verdict(Outcome.UNKNOWN)


def test_a_key_that_the_state_has_not_certified_signs_nothing() -> None:
    forged = receipt_code(OTHER_KEY, certificate(), RECEIPT)
    assert verify(forged, [STATE]).outcome is Outcome.INVALID


def test_what_is_signed_after_the_revocation_of_its_post_is_refused_and_what_was_before_is_not() -> (
    None
):
    key = read_certificate(certificate()).key
    before = RECEIPT.at - timedelta(milliseconds=1)
    assert verify(code(), [STATE], {key: before}) == Verdict(Outcome.REVOKED, revoked=before)
    assert verify(code(), [STATE], {key: RECEIPT.at}).outcome is Outcome.VALID
    assert verify(code(), [STATE], {STATE: before}).outcome is Outcome.VALID  # another key


def test_a_post_gives_no_number_of_another_post() -> None:
    forged = receipt_code(POST_KEY, certificate(mark="0000"), RECEIPT)
    assert verify(forged, [STATE]).outcome is Outcome.INVALID


@pytest.mark.parametrize("typed", ["", "hello", LABEL, LABEL + "1", "x" * 5000, LABEL + "A"])
def test_what_is_no_code(typed: str) -> None:
    assert verify(typed, [STATE]).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("wrong", [b"", b"\1" * 20, certificate() + b"\0"])
def test_a_certificate_that_is_none(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r"short|more|format"):
        read_certificate(wrong)
