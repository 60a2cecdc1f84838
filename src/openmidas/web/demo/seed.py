"""Filling a node of the demonstration through the same services that a State uses.

``python -m openmidas.web.demo.seed hq POST…`` as an HQ, ``… post HQ`` as a post: the node is that of
``OPENMIDAS_HOME``, the other arguments are other nodes' folders.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import django
import msgspec

if TYPE_CHECKING:
    from openmidas.nodes.home import NodeHome
    from openmidas.posts.services import PostLayout
    from openmidas.web.demo.country import DemoPost

CODES = "demo-codes.json"
SAMPLE_LIST = "un-consolidated-2026-02-27.xml.gz"
SECONDS_FOR_OFFICERS = 180
PREPARED = "prepared"


def seed_hq(posts: Sequence[Path]) -> None:
    """The HQ: enrol the posts and all officers, publish rules and the sample list."""
    from openmidas.crossings.publishing import publish_rules
    from openmidas.crossings.rules import sample_rules
    from openmidas.incidents.publishing import publish_incident_rules
    from openmidas.incidents.rules import sample_rules as sample_incident_rules
    from openmidas.incidents.rules import shipped_rules
    from openmidas.journal import Actor
    from openmidas.lists.services import import_un
    from openmidas.nodes.commands import prepare
    from openmidas.nodes.home import NodeHome, this_home, write_file
    from openmidas.nodes.identity import ThisNode, this_node
    from openmidas.nodes.services import enrol
    from openmidas.posts.codes import issue_code
    from openmidas.posts.models import Officer
    from openmidas.posts.services import configure_post, enrol_officer
    from openmidas.web.demo.certificates import seed_certificates
    from openmidas.web.demo.country import post_of, state_of
    from openmidas.web.demo.health import seed_definitions
    from openmidas.web.demo.layout import SAMPLE_LIST_LIMIT_DAYS
    from openmidas.web.demo.referrals import seed_pathways

    prepare()
    state = state_of(this_node().id)
    if state is None or Officer.objects.exists():
        return
    node = Actor()
    for folder in posts:
        card = ThisNode(NodeHome(folder)).card()
        enrol(card, actor=node)
        if post := post_of(card.id):
            configure_post(node, post.id, _layout(post))
    codes: dict[str, str] = {}
    for place in state.nodes:
        for one in place.officers:
            officer = enrol_officer(
                node, username=one.username, name=one.name, roles=[one.role], post=place.id
            )
            codes[one.username] = issue_code(node, officer.id).text
    publish_rules(sample_rules(), actor=node)
    own = f"{state.code} {shipped_rules().edition}"
    text = sample_incident_rules().replace(f'"{shipped_rules().edition}"', f'"{own}"')
    publish_incident_rules(text, actor=node)
    seed_pathways(state)
    seed_definitions()
    seed_certificates()
    with as_file(files("openmidas.lists") / "samples" / SAMPLE_LIST) as path:
        import_un(path, actor=node, limit_days=SAMPLE_LIST_LIMIT_DAYS)
    write_file(this_home().path(CODES), msgspec.json.encode(codes))
    _set_passwords(this_home())


def seed_post(others: Sequence[Path]) -> None:
    """The post: get to know the HQ, whose address may have changed since the last start; then its
    officers set their passwords with their codes, once the running exchange has brought these.

    Says in between on standard output that the node can be started. Raises `TimeoutError`.
    """
    from openmidas.nodes.commands import prepare
    from openmidas.nodes.home import NodeHome
    from openmidas.nodes.identity import ThisNode
    from openmidas.nodes.services import meet

    hq = NodeHome(others[0])
    prepare(pages=False)  # the same at all nodes: copied from the HQ
    meet(ThisNode(hq).card())
    sys.stdout.write(f"{PREPARED}\n")
    sys.stdout.close()
    _set_passwords(hq)


def _set_passwords(hq: NodeHome) -> None:
    from openmidas.nodes.identity import this_node
    from openmidas.posts.codes import set_password_by_code
    from openmidas.posts.local import Credential
    from openmidas.posts.models import Officer, OneTimeCode
    from openmidas.web.demo.country import node_of
    from openmidas.web.demo.layout import PASSWORD

    here = node_of(this_node().id)
    until = time.monotonic() + SECONDS_FOR_OFFICERS
    for one in here.officers if here else ():
        while True:
            officer = Officer.objects.filter(username=one.username).first()
            if officer and OneTimeCode.objects.filter(officer=officer.id).exists():
                break
            if time.monotonic() > until:
                raise TimeoutError(f"{one.username} has not arrived from the headquarters")
            time.sleep(0.2)
        if not Credential.objects.filter(officer=officer.id).exists():
            codes = msgspec.json.decode(hq.path(CODES).read_bytes(), type=dict[str, str])
            set_password_by_code(one.username, codes[one.username], PASSWORD)


def _layout(post: DemoPost) -> PostLayout:
    from openmidas.posts.services import PostLayout

    return PostLayout(
        name=post.name,
        lanes=post.lanes,
        latitude=post.latitude,
        longitude=post.longitude,
        hours=post.hours,
        silent_minutes=post.silent_minutes,
    )


def main() -> None:
    """Run one step; the other arguments are other nodes' folders."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    django.setup()
    steps = {"hq": seed_hq, "post": seed_post}
    steps[sys.argv[1]]([Path(folder) for folder in sys.argv[2:]])


if __name__ == "__main__":
    main()
