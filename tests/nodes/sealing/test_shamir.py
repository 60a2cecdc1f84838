"""A secret in shares: enough of them give it, fewer fit any secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.nodes.sealing.shamir import MOST_SHARES, combine, deal, share_at

secrets = st.binary(min_size=1, max_size=32)


@given(secrets, st.integers(1, 8), st.data())
def test_any_shares_that_are_enough_give_the_secret(
    secret: bytes, need: int, data: st.DataObject
) -> None:
    rows = deal(secret, need)
    places = st.lists(st.integers(1, MOST_SHARES), min_size=need, max_size=12, unique=True)
    chosen = data.draw(places)
    assert combine({place: share_at(rows, place) for place in chosen}) == secret


@given(secrets, secrets, st.integers(2, 6), st.data())
def test_one_share_fewer_fits_any_other_secret_as_well(
    secret: bytes, other: bytes, need: int, data: st.DataObject
) -> None:
    other = (other * len(secret))[: len(secret)]
    places = st.lists(st.integers(1, MOST_SHARES), min_size=need, max_size=need, unique=True)
    *known, last = data.draw(places)
    rows = deal(secret, need)
    shares = {place: share_at(rows, place) for place in known}
    # The polynomial through what is known and the other secret: there is always one.
    at_zero = {0: other, **shares}
    # Lagrange at a further place, by moving the origin there (addition is exclusive or).
    missing = combine({place ^ last: share for place, share in at_zero.items()})
    assert combine({**shares, last: missing}) == other


@pytest.mark.parametrize("need", [0, -1, MOST_SHARES + 1])
def test_no_such_number_of_shares(need: int) -> None:
    with pytest.raises(ValueError, match=str(need)):
        deal(b"secret", need)


@pytest.mark.parametrize("place", [0, 256])
def test_no_share_is_the_secret_s_own_place(place: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share_at(deal(b"secret", 2), place)
