"""Where travellers may be simulated, by whom, and who they are: the sample country or a training post."""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec
from django.utils.translation import gettext as _

from openmidas.crossings.models import Crossing
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.home import write_file
from openmidas.nodes.identity import ThisNode
from openmidas.posts.models import Post
from openmidas.posts.roles import Role
from openmidas.web.demo import traffic
from openmidas.web.demo.country import DemoNode, DemoPost, DemoState, post_of, state_of
from openmidas.web.demo.history import History
from openmidas.web.demo.layout import PASSWORD
from openmidas.web.demo.parties import Party
from openmidas.web.demo.population import SPECIMEN
from openmidas.web.demo.simulation import Worker

MARK = "training"
PASSWORD_VARIABLE = "OPENMIDAS_TRAINING_PASSWORD"  # noqa: S105  a name, not a password
SIMULATED_DIGIT = 7


class Stage(msgspec.Struct, frozen=True):
    """A post as the simulation needs to know it."""

    state: DemoState
    post: DemoPost


def check_may_simulate(node: ThisNode, *, training: bool) -> None:
    """Raises `CommandFailed` at an HQ, and at a post that is in service.

    A post for training is marked as one at its first simulation, which only an empty one can have;
    afterwards every document that it ever recorded must be a specimen.
    """
    if node.is_hq:
        raise CommandFailed(_("Travellers come to posts: a headquarters has no lanes."))
    if node.config.demo:
        return
    if not training:
        raise CommandFailed(
            _("This is no demonstration. For a post that only serves training, add --training.")
        )
    mark = node.home.path(MARK)
    crossings = Crossing.objects.filter(node=node.id)
    real = crossings.exclude(document_number="").exclude(document_number__startswith=SPECIMEN)
    if real.exists() or (not mark.exists() and crossings.exists()):
        raise CommandFailed(_("This post is in service: nothing is simulated here."))
    if not mark.exists():
        write_file(mark, b"")


def stage_of(node: ThisNode) -> Stage:
    """The post with its State; one that is not of the sample country is used like Kourémalé.

    The numbers of simulated specimens begin with SP7, so that no history has them. Raises
    `CommandFailed` where the HQ has not laid out the post yet.
    """
    known, state = post_of(node.id), state_of(node.id)
    lanes = Post.objects.filter(id=node.id).values_list("lanes", flat=True).first()
    if not lanes:
        raise CommandFailed(_("This post has no lanes yet: the headquarters lays it out."))
    used = known.traffic if known else traffic.KOUREMALE
    post = DemoPost(
        id=node.id,
        folder="",
        name=node.config.name,
        officers=known.officers if known else (),
        lanes=tuple(lanes),
        latitude=0,
        longitude=0,
        silent_minutes=0,
        traffic=msgspec.structs.replace(used, digit=SIMULATED_DIGIT),
    )
    hq = state.hq if state else DemoNode(id=node.id, folder="", name="", officers=())
    return Stage(
        DemoState(code=node.config.state, time_zone=node.config.time_zone, hq=hq, posts=(post,)),
        post,
    )


def travellers(stage: Stage, seed: str) -> Iterator[Party]:
    """Who comes, without end. The first is made at once: thirty days come before them."""
    coming = History(stage.state, stage.post, time.time_ns() // 1_000_000, seed=seed).coming()
    return chain([next(coming)], coming)


def primary_officers(stage: Stage, lanes: int, given: Sequence[str]) -> list[Worker]:
    """Who works at the last lanes of the post: those named, or those of the sample country.

    Raises `CommandFailed` where lanes or officers are too few.
    """
    if lanes > len(stage.post.lanes):
        raise CommandFailed(
            _("This post has %(number)d lanes.") % {"number": len(stage.post.lanes)}
        )
    known = [one.username for one in stage.post.officers if one.role is Role.PRIMARY]
    names = list(given) or known[::-1]
    if len(names) < lanes:
        raise CommandFailed(_("Name an officer for each lane: --officer NAME"))
    password = password_of(given)
    open_lanes = stage.post.lanes[::-1][:lanes]
    return [Worker(name, password, lane) for name, lane in zip(names, open_lanes, strict=False)]


def second_line(stage: Stage, given: str) -> Worker | None:
    """Who decides at the second line; None for nobody: then those who are sent there wait."""
    if given:
        return Worker(given, password_of([given]))
    known = [one.username for one in stage.post.officers if one.role is Role.SECOND_LINE]
    return Worker(known[0], PASSWORD) if known else None


def password_of(given: Sequence[str]) -> str:
    """The demonstration's for its own officers; for others from the environment, or asked for."""
    if not given:
        return PASSWORD
    return os.environ.get(PASSWORD_VARIABLE) or getpass.getpass(_("Password: "))
