"""The ways that the exchange opens: over the link and on sticks, to the HQ and to posts of this State."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

TO_HQ = register_way_out(
    "exchange.to_hq",
    Recipient.OWN_HQ,
    carries="entries of the post's journal whose audience admits the HQ, by link or stick",
    doors=(
        "message:Ask",
        "message:Deposit",
        "message:Release",
        "message:Fetch",
        "frame:Frame",
        "frame:Ahead",
        "url:stick-make",
        "command:stick export",
    ),
)
TO_POST = register_way_out(
    "exchange.to_post",
    Recipient.OWN_POST,
    carries="entries of the HQ's journal whose audience admits the post, and editions of lists",
    doors=(
        "message:News",
        "message:Piece",
        "message:Leased",
        "url:stick-make",
        "command:stick export",
    ),
)
GIVEN_BACK = register_way_out(
    "exchange.given_back",
    Recipient.WRITER,
    carries="a node's own journal, after its machine was restored or replaced",
    doors=("message:News", "message:Return", "url:stick-make", "command:stick export"),
)
