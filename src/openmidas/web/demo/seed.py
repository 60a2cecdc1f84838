"""Filling a node of the demonstration through the same services that a State uses.

``python -m openmidas.web.demo.seed hq|post|passwords``, as the node of ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import os
import sys
import time
from importlib.resources import as_file, files
from pathlib import Path

import django
import msgspec

CODES = "demo-codes.json"
SECONDS_FOR_OFFICERS = 60


def seed_hq(other: Path) -> None:
    """The HQ: enrol the post and its officers, publish rules and the sample list."""
    from openmidas.crossings.publishing import publish_rules
    from openmidas.crossings.rules import sample_rules
    from openmidas.journal import Actor
    from openmidas.lists.services import import_un
    from openmidas.nodes.commands import prepare
    from openmidas.nodes.home import NodeHome, this_home, write_file
    from openmidas.nodes.identity import ThisNode
    from openmidas.nodes.services import enrol
    from openmidas.posts.codes import issue_code
    from openmidas.posts.models import Officer
    from openmidas.posts.services import PostLayout, configure_post, enrol_officer
    from openmidas.web.demo.layout import KOUREMALE, LANES, OFFICERS, SAMPLE_LIST_LIMIT_DAYS

    prepare()
    if Officer.objects.exists():
        return
    node = Actor()
    post = ThisNode(NodeHome(other)).card()
    enrol(post, actor=node)
    configure_post(node, KOUREMALE, PostLayout(name=post.name, lanes=LANES))
    codes = {}
    for one in OFFICERS:
        officer = enrol_officer(
            node, username=one.username, name=one.name, roles=[one.role], post=one.node
        )
        codes[one.username] = issue_code(node, officer.id).text
    publish_rules(sample_rules(), actor=node)
    with as_file(files("openmidas.lists") / "samples" / SAMPLE_LIST) as path:
        import_un(path, actor=node, limit_days=SAMPLE_LIST_LIMIT_DAYS)
    write_file(this_home().path(CODES), msgspec.json.encode(codes))


SAMPLE_LIST = "un-consolidated-2026-02-27.xml.gz"


def seed_post(other: Path) -> None:
    """The post: get to know the HQ, whose address may have changed since the last start."""
    from openmidas.nodes.commands import prepare
    from openmidas.nodes.home import NodeHome
    from openmidas.nodes.identity import ThisNode
    from openmidas.nodes.services import meet

    prepare()
    meet(ThisNode(NodeHome(other)).card())


def set_passwords(other: Path) -> None:
    """At either node: its officers set their passwords with their codes, once these have arrived.

    Raises `TimeoutError`.
    """
    from openmidas.nodes.home import NodeHome
    from openmidas.nodes.identity import this_node
    from openmidas.posts.codes import set_password_by_code
    from openmidas.posts.local import Credential
    from openmidas.posts.models import Officer, OneTimeCode
    from openmidas.web.demo.layout import OFFICERS, PASSWORD

    codes = msgspec.json.decode(NodeHome(other).path(CODES).read_bytes(), type=dict[str, str])
    until = time.monotonic() + SECONDS_FOR_OFFICERS
    for one in OFFICERS:
        if one.node != this_node().id:
            continue
        while True:
            officer = Officer.objects.filter(username=one.username).first()
            if officer and OneTimeCode.objects.filter(officer=officer.id).exists():
                break
            if time.monotonic() > until:
                raise TimeoutError(f"{one.username} has not arrived from the headquarters")
            time.sleep(0.1)
        if not Credential.objects.filter(officer=officer.id).exists():
            set_password_by_code(one.username, codes[one.username], PASSWORD)


def main() -> None:
    """Run one step; the second argument is the other node's folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    django.setup()
    steps = {"hq": seed_hq, "post": seed_post, "passwords": set_passwords}
    steps[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
