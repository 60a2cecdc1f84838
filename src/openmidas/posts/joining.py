"""What a post and its HQ say to each other when the post joins: two messages, each with its proof.

The code was carried by people; it never travels. From it both have the same key, and of that one
key for each direction. The proof of the request covers the invitation's number, a random number of
this request and the post's card; that of the answer covers all of that and the HQ's card. Whoever
listens learns two cards, in which nothing is secret; whoever changes a byte is found out.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from openmidas.posts.join_codes import KEY_BYTES, JoinCode

PATH = "/join/"
MOST_BYTES = 16 * 1024
"""Of a request; a card has about 1 KB."""
MOST_ANSWER_BYTES = 64 * 1024
"""Of an answer, which may tell of all epochs of a post and its HQ."""
NONCE_BYTES = 16

REFUSALS = frozenset(
    {
        "join.expired",
        "join.known_otherwise",
        "join.malformed",
        "join.not_a_post",
        "join.not_at_hq",
        "join.old_machine",
        "join.other_state",
        "join.replayed",
        "join.revoked",
        "join.used",
        "join.void",
        "join.wrong",
    }
)
"""What an HQ may answer, worded for the technician at the post in `posts.wording`."""

_TO_HQ = b"openmidas join 1: post to headquarters"
_TO_POST = b"openmidas join 1: headquarters to post"


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post asks to be taken in. ``card``: exactly the bytes that the proof is of."""

    number: Annotated[str, msgspec.Meta(pattern="^[0-9A-Z]*$", max_length=16)]
    nonce: bytes
    card: bytes
    proof: bytes


class JoinAnswer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag="taken_in",
):
    """The HQ has taken the post in. ``card``: the HQ's.

    ``identity``: MessagePack of `openmidas.nodes.replacing.PostIdentity`, for a machine that takes a
    post's place; empty for a new post.
    """

    card: bytes
    proof: bytes
    identity: bytes = b""


class JoinRefusal(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="refused"
):
    """The HQ does not take the post in; ``code`` is one of `posts.wording`, without proof."""

    code: str


def make_request(code: JoinCode, card: bytes) -> JoinRequest:
    """What a post with this card sends."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return JoinRequest(
        number=code.number,
        nonce=nonce,
        card=card,
        proof=_proof(code.key(), _TO_HQ, code.number.encode(), nonce, card),
    )


def request_holds(request: JoinRequest, key: bytes) -> bool:
    """Whether whoever sent this knows the key, and nothing in it was changed."""
    ours = _proof(key, _TO_HQ, request.number.encode(), request.nonce, request.card)
    return hmac.compare_digest(ours, request.proof)


def make_answer(request: JoinRequest, key: bytes, card: bytes, identity: bytes = b"") -> JoinAnswer:
    """What the HQ with this card answers."""
    proof = _answer_proof(request, key, card, identity)
    return JoinAnswer(card=card, proof=proof, identity=identity)


def answer_holds(answer: JoinAnswer, request: JoinRequest, key: bytes) -> bool:
    """Whether this is the answer to this very request, by somebody who knows the key."""
    ours = _answer_proof(request, key, answer.card, answer.identity)
    return hmac.compare_digest(ours, answer.proof)


def _answer_proof(request: JoinRequest, key: bytes, card: bytes, identity: bytes) -> bytes:
    said = [request.number.encode(), request.nonce, request.card, card]
    return _proof(key, _TO_POST, *said, *([identity] if identity else []))


def _proof(key: bytes, direction: bytes, *parts: bytes) -> bytes:
    one_way = HKDFExpand(SHA256(), KEY_BYTES, direction).derive(key)
    # Each part with its length: no two lists of parts give the same bytes.
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(one_way, message, sha256)
