"""The key of a post opens with enough phrases and a share from outside, and with nothing less."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.nodes.sealing.roster import add_officer, change_phrase, remove_officer, roster_of
from openmidas.nodes.sealing.sealed import (
    Cost,
    Holder,
    Phrase,
    SealedKey,
    SealFailed,
    Token,
    read_token,
)
from openmidas.nodes.sealing.wrapping import (
    new_outside,
    open_key,
    proof_of,
    release_of,
    seal,
    secret_of,
    without_outside,
)

NODE = UUID("01900000-0000-7000-8000-000000000001")
KEY = bytes(range(32))
CHEAP = Cost(1, 8, 1)
AWA = Phrase("Awa Traoré", "le baobab sous la pluie")
ISSA = Phrase("Issa Koné", "trois pirogues au matin")
SALIF = Phrase("Salif Diarra", "la route de Kangaba dort")


def sealed_for(phrases: Iterable[Phrase], need: int) -> tuple[SealedKey, Token]:
    return new_outside(seal(NODE, KEY, list(phrases), need, CHEAP), KEY, Holder.TOKEN)


def opened(sealed: SealedKey, phrases: list[Phrase], token: Token) -> bytes:
    return open_key(sealed, secret_of(sealed, phrases), token)


def refused(sealed: SealedKey, phrases: list[Phrase], token: Token) -> str:
    with pytest.raises(SealFailed) as failed:
        opened(sealed, phrases, token)
    return failed.value.code


def test_one_officer_alone_at_night_and_the_token() -> None:
    sealed, token = sealed_for([AWA, ISSA], 1)
    for each in (AWA, ISSA):
        assert opened(sealed, [each], token) == KEY


def test_two_of_three_in_any_order() -> None:
    sealed, token = sealed_for([AWA, ISSA, SALIF], 2)
    for pair in ([AWA, ISSA], [SALIF, AWA], [ISSA, SALIF]):
        assert opened(sealed, pair, token) == KEY
    assert refused(sealed, [AWA], token) == "seal.too_few"
    assert refused(sealed, [AWA, AWA], token) == "seal.same_officer"
    assert refused(sealed, [AWA, Phrase("Issa Koné", "pas celle-ci")], token) == "seal.wrong_phrase"


def test_which_of_them_was_wrong_is_said() -> None:
    sealed, _token = sealed_for([AWA, ISSA], 2)
    with pytest.raises(SealFailed) as failed:
        secret_of(sealed, [AWA, Phrase("Issa Koné", "pas celle-ci")])
    assert failed.value.params == {"number": "2"}


@pytest.mark.parametrize("name", ["awa traoré", "  AWA   TRAORÉ ", "Awa Traore\u0301"])
def test_a_name_may_be_typed_as_another_keyboard_has_it(name: str) -> None:
    sealed, token = sealed_for([AWA], 1)
    assert opened(sealed, [Phrase(name, AWA.phrase)], token) == KEY


def test_a_phrase_is_nobody_else_s() -> None:
    sealed, token = sealed_for([AWA, ISSA], 1)
    assert refused(sealed, [Phrase("Issa Koné", AWA.phrase)], token) == "seal.wrong_phrase"


def test_the_phrases_open_nothing_without_the_share_from_outside() -> None:
    sealed, token = sealed_for([AWA], 1)
    false = msgspec.structs.replace(token, share=bytes(32))
    assert refused(sealed, [AWA], false) == "seal.wrong_share"
    elsewhere = msgspec.structs.replace(token, id=uuid4())
    assert refused(sealed, [AWA], elsewhere) == "seal.wrong_share"


def test_a_share_opens_nothing_without_the_right_secret() -> None:
    sealed, token = sealed_for([AWA], 1)
    with pytest.raises(SealFailed, match=r"seal\.wrong_share"):
        open_key(sealed, bytes(32), token)


@settings(max_examples=60)
@given(st.integers(0, 59), st.integers(1, 255))
def test_no_byte_of_what_is_wrapped_can_be_changed(place: int, change: int) -> None:
    sealed, token = sealed_for([AWA], 1)
    (outside,) = sealed.outside
    changed = bytearray(outside.wrapped)
    changed[place] ^= change
    other = msgspec.structs.replace(outside, wrapped=bytes(changed))
    forged = msgspec.structs.replace(sealed, outside=(other,))
    assert refused(forged, [AWA], token) == "seal.wrong_share"


def test_each_share_from_outside_opens_by_itself() -> None:
    sealed, token = sealed_for([AWA], 1)
    sealed, share = new_outside(sealed, KEY, Holder.HQ)
    assert opened(sealed, [AWA], token) == opened(sealed, [AWA], share) == KEY


def test_a_new_token_makes_the_one_before_void() -> None:
    sealed, old = sealed_for([AWA], 1)
    sealed, new = new_outside(sealed, KEY, Holder.TOKEN)
    assert refused(sealed, [AWA], old) == "seal.wrong_share"
    assert opened(sealed, [AWA], new) == KEY


def test_the_last_share_from_outside_stays() -> None:
    sealed, _token = sealed_for([AWA], 1)
    with pytest.raises(SealFailed, match=r"seal\.last_share"):
        without_outside(sealed, Holder.TOKEN)


def test_an_officer_comes_and_another_goes() -> None:
    sealed, token = sealed_for([AWA, ISSA], 1)
    sealed = add_officer(sealed, KEY, SALIF)
    assert opened(sealed, [SALIF], token) == KEY
    sealed = remove_officer(sealed, KEY, "salif  DIARRA")
    assert refused(sealed, [SALIF], token) == "seal.wrong_phrase"
    assert opened(sealed, [ISSA], token) == KEY


def test_an_officer_alone_has_another_phrase() -> None:
    sealed, token = sealed_for([AWA], 1)
    other = Phrase("awa  traoré", "les pluies sont venues tôt")
    sealed = change_phrase(sealed, KEY, other)
    assert opened(sealed, [other], token) == KEY
    assert refused(sealed, [AWA], token) == "seal.wrong_phrase"
    assert [each.name for each in roster_of(sealed, KEY).members] == ["awa  traoré"]
    for phrase, code in (
        (Phrase("Awa Traoré", "court"), "seal.phrase_short"),
        (SALIF, "seal.no_such_officer"),
    ):
        with pytest.raises(SealFailed, match=code):
            change_phrase(sealed, KEY, phrase)


def test_no_place_is_given_out_twice() -> None:
    sealed, _token = sealed_for([AWA, ISSA], 1)
    sealed = add_officer(remove_officer(sealed, KEY, ISSA.officer), KEY, SALIF)
    assert [each.place for each in sealed.officers] == [1, 3]


def test_as_many_officers_stay_as_are_needed() -> None:
    sealed, _token = sealed_for([AWA, ISSA], 2)
    with pytest.raises(SealFailed, match=r"seal\.need"):
        remove_officer(sealed, KEY, "Awa Traoré")


@pytest.mark.parametrize(
    ("phrases", "need", "code"),
    [
        ([AWA], 2, "seal.need"),
        ([AWA], 0, "seal.need"),
        ([AWA, Phrase("AWA TRAORÉ", ISSA.phrase)], 1, "seal.same_officer"),
        ([Phrase("Awa", "trop court")], 1, "seal.phrase_short"),
        ([Phrase("  ", AWA.phrase)], 1, "seal.no_name"),
    ],
)
def test_what_cannot_be_sealed(phrases: list[Phrase], need: int, code: str) -> None:
    with pytest.raises(SealFailed) as failed:
        seal(NODE, KEY, phrases, need, CHEAP)
    assert failed.value.code == code


def test_the_file_names_nobody_and_holds_no_key() -> None:
    sealed, token = sealed_for([AWA, ISSA], 1)
    raw = msgspec.json.encode(sealed)
    # With the space between them: three letters alone may stand in base64 by chance.
    for telling in ("awa t", "traoré", "issa k", "koné", AWA.phrase):
        assert telling not in raw.decode().casefold()
    kept = msgspec.msgpack.encode(sealed)
    for secret in (KEY, token.share, roster_of(sealed, KEY).secret):
        assert secret not in kept


def test_who_is_on_the_roster_is_for_an_open_post_to_know() -> None:
    sealed, _token = sealed_for([AWA, ISSA], 1)
    assert [each.name for each in roster_of(sealed, KEY).members] == ["Awa Traoré", "Issa Koné"]
    with pytest.raises(SealFailed, match=r"seal\.other_key"):
        roster_of(sealed, bytes(32))


def test_what_shows_the_headquarters_that_phrases_were_right_is_of_one_share_only() -> None:
    sealed, token = sealed_for([AWA], 1)
    secret = secret_of(sealed, [AWA])
    release = release_of(secret, token.id)
    assert release != release_of(secret, uuid4())
    assert proof_of(release) not in (release, secret)


@given(st.binary(max_size=200))
def test_rubbish_is_no_token(raw: bytes) -> None:
    with pytest.raises(SealFailed, match=r"seal\.no_token"):
        read_token(raw, NODE)


def test_a_token_of_another_post_is_told_as_such() -> None:
    token = Token(node=uuid4(), id=uuid4(), share=bytes(32))
    with pytest.raises(SealFailed, match=r"seal\.token_of_other"):
        read_token(msgspec.json.encode(token), NODE)


def test_no_phrase_is_ever_shown() -> None:
    assert AWA.phrase not in repr(AWA)
    assert AWA.phrase not in str([AWA])
