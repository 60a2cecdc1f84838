"""At a post: joining the HQ at an address, with the code that it gave."""

from __future__ import annotations

import http.client
import re
import ssl
import urllib.request
from collections.abc import Iterator
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import msgspec

from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.replacing import PostIdentity
from openmidas.nodes.services import meet
from openmidas.nodes.taking_over import take_over
from openmidas.posts import joining
from openmidas.posts.join_cards import check_hq_card
from openmidas.posts.join_codes import JoinCode, NotACodeError, read_code
from openmidas.posts.refusals import Refused

SECONDS = 30.0
_EVERY_HOST = ("0.0.0.0", "[::]")  # noqa: S104  what an HQ that listens everywhere has in its card


def join(address: str, typed: str) -> NodeCard:
    """Be taken in by the HQ whose pages are at this address, and exchange with it from now on.

    ``address``: ``host``, ``host:port``, or with ``http://`` or ``https://`` before it. Gives the
    HQ's card. Where the HQ says that this machine takes the place of another, it is that post from
    then on (`openmidas.nodes.taking_over`). Raises `Refused`: ``join.code_malformed``,
    ``join.address``, ``join.unreachable``, ``join.not_understood``, ``join.not_proven``,
    ``join.not_fresh``, what the HQ refused, and as `check_hq_card` does.
    """
    code = check_code(typed)
    sites = list(_sites(address))
    request = joining.make_request(code, this_node().card().encode())
    answer = _ask(sites, request)
    check_answer(answer, request, code)
    card = _reachable(check_hq_card(answer.card), sites[0])
    follow_answer(answer, card)
    return card


def check_answer(answer: joining.JoinAnswer, request: joining.JoinRequest, code: JoinCode) -> None:
    """Raises `Refused` ``join.not_proven`` unless who has the code answered this very request."""
    if not joining.answer_holds(answer, request, code.key()):
        raise Refused("join.not_proven")


def follow_answer(answer: joining.JoinAnswer, hq: NodeCard) -> None:
    """Meet the HQ: as this machine, or as the post whose place it takes."""
    if not answer.identity:
        meet(hq)
        return
    try:
        identity = msgspec.msgpack.decode(answer.identity, type=PostIdentity)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("join.not_understood") from error
    take_over(identity, hq)


def check_code(typed: str) -> JoinCode:
    """The code, before anything is sent. Raises `Refused` ``join.code_malformed``."""
    try:
        return read_code(typed)
    except NotACodeError as error:
        raise Refused("join.code_malformed") from error


def _sites(address: str) -> Iterator[str]:
    """The addresses to try: without a scheme, HTTPS and then HTTP. The code protects both alike."""
    address = address.strip()
    schemes = ("",) if "://" in address else ("https://", "http://")
    for scheme in schemes:
        try:
            parts = urlsplit(scheme + address)
            host = re.fullmatch(r"[\w.:-]+", parts.hostname or "", re.ASCII)
            fits = host and parts.scheme in ("http", "https") and parts.port != 0
        except ValueError:
            fits = False
        if not fits:
            raise Refused("join.address", address=address)
        yield f"{parts.scheme}://{parts.netloc}"


def _ask(sites: list[str], request: joining.JoinRequest) -> joining.JoinAnswer:
    reason = ""
    for site in sites:
        try:
            raw = _post(site + joining.PATH, msgspec.msgpack.encode(request))
        except (URLError, OSError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error))
            continue
        return read_answer(raw)
    raise Refused("join.unreachable", address=sites[-1], reason=reason)


def _post(url: str, body: bytes) -> bytes:
    """The body of the answer, of whatever status. Raises `OSError`."""
    request = urllib.request.Request(  # noqa: S310  http or https, see `_sites`
        url, data=body, headers={"Content-Type": "application/msgpack"}
    )
    # Who answers is proven by the code and not by a certificate, which a new HQ may not have yet.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=context), _NoRedirect()
    )
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return bytes(answer.read(joining.MOST_ANSWER_BYTES))
    except HTTPError as error:
        with error:
            return error.read(joining.MOST_BYTES)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An HQ does not send posts elsewhere; what does is no HQ."""

    def redirect_request(self, *_args: object) -> None:
        return None


def read_answer(raw: bytes) -> joining.JoinAnswer:
    """What an HQ said. Raises `Refused`: ``join.not_understood``, or what it refused."""
    try:
        answer = msgspec.msgpack.decode(raw, type=joining.JoinAnswer | joining.JoinRefusal)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("join.not_understood") from error
    if isinstance(answer, joining.JoinAnswer):
        return answer
    # Whoever stands between may say anything here; it changes nothing at the post.
    raise Refused(answer.code if answer.code in joining.REFUSALS else "join.not_understood")


def _reachable(card: NodeCard, site: str) -> NodeCard:
    """An HQ that listens at all its addresses does not say which: take the one that answered."""
    host, _, port = card.exchange.rpartition(":")
    if host not in _EVERY_HOST:
        return card
    name = urlsplit(site).hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return msgspec.structs.replace(card, exchange=f"{shown}:{port}")
