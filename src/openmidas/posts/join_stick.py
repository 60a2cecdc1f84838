"""Joining where there is no link: the same two messages (`posts.joining`) in two files on a stick.

The post writes its request, the HQ its answer beside it, and the post takes that. The code is told by
people, as for the link, and is in neither.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from openmidas.nodes.home import write_file
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.posts import joining
from openmidas.posts.join_cards import check_hq_card
from openmidas.posts.join_client import check_answer, check_code, follow_answer, read_answer
from openmidas.posts.refusals import Refused
from openmidas.posts.taking_in import take_in

REQUEST = "midas-join.request"
ANSWER = "midas-join.answer"


def join_by_stick(folder: Path, typed: str) -> NodeCard | None:
    """At a post: write the request; when the answer lies beside it, join: the HQ's card then.

    Raises `Refused` as `openmidas.posts.join_client.join` does, and `OSError`.
    """
    code = check_code(typed)
    if not (folder / ANSWER).exists():
        request = joining.make_request(code, this_node().card().encode())
        write_file(folder / REQUEST, msgspec.msgpack.encode(request))
        return None
    request = _request((folder / REQUEST).read_bytes())
    answer = read_answer((folder / ANSWER).read_bytes())
    check_answer(answer, request, code)
    card = check_hq_card(answer.card)
    follow_answer(answer, card)
    for name in (REQUEST, ANSWER):
        (folder / name).unlink()
    return card


def admit_by_stick(folder: Path) -> None:
    """At the HQ: answer the request on a stick. Raises `Refused` as `take_in` does, and `OSError`."""
    raw = (folder / REQUEST).read_bytes()
    if len(raw) > joining.MOST_BYTES:
        raise Refused("join.malformed")
    write_file(folder / ANSWER, msgspec.msgpack.encode(take_in(raw)))


def _request(raw: bytes) -> joining.JoinRequest:
    try:
        return msgspec.msgpack.decode(raw, type=joining.JoinRequest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("join.malformed") from error
