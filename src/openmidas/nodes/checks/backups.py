"""Would this node come back if its machine burned down tonight?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from openmidas.nodes.backup import newest, tried
from openmidas.nodes.backup_plan import is_there, read_plan
from openmidas.nodes.backup_seal import BackupFailed
from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.home import this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time

OLD_AT_POST = timedelta(hours=4)
OLD_AT_HQ = timedelta(days=2)


@check()
def backups() -> Iterator[Finding]:
    """One finding for each target: how old the last backup there is, and why there is no newer one."""
    try:
        plan = read_plan(this_home())
    except BackupFailed as error:
        yield Finding("backup.plan_unreadable", Level.STOP, {**error.params})
        return
    if plan is None or not plan.targets or not plan.recipients:
        yield Finding("backup.not_set_up", Level.LOOK)
        return
    for target in plan.targets:
        yield from _target(Path(target))


@check()
def same_disk() -> Iterator[Finding]:
    """A copy on the node's own disk burns with it."""
    try:
        plan = read_plan(this_home())
    except BackupFailed:
        return  # told by `backups`
    own = this_home().folder.stat().st_dev
    for target in map(Path, plan.targets if plan else ()):
        if is_there(target) and target.stat().st_dev == own:
            yield Finding("backup.same_disk", Level.LOOK, {"target": str(target)})


def _target(target: Path) -> Iterator[Finding]:
    if not is_there(target):
        yield Finding("backup.target_missing", Level.LOOK, {"target": str(target)})
        return
    last = newest(target)
    came = tried(this_home()).get(str(target))
    if came is not None and came.code:
        yield Finding(came.code, Level.LOOK, {"target": str(target), **came.params})
    if last is None:
        yield Finding("backup.none", Level.LOOK, {"target": str(target)})
        return
    age = node_time() - last.at
    old = OLD_AT_HQ if this_node().is_hq else OLD_AT_POST
    hours = max(0, round(age / timedelta(hours=1)))
    params: dict[str, str | int] = {"target": str(target), "hours": hours}
    if age > old:
        yield Finding("backup.old", Level.LOOK, params)
    else:
        yield Finding("backup.fresh", Level.OK, params)
