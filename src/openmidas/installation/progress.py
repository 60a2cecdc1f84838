"""How far an upgrade has come, on disk: what a power cut may end at any moment can be gone on with."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from openmidas.installation.errors import InstallationError
from openmidas.nodes.home import write_file

UNDER_WAY = "upgrade.json"
LAST = "last-upgrade.json"


class Step(StrEnum):
    """The steps of an upgrade, in order. Each can be repeated."""

    BUILD = "build"
    STOP = "stop"
    COPY = "copy"
    MIGRATE = "migrate"
    CHECK = "check"
    SWITCH = "switch"


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """An upgrade between two versions.

    ``done``: the last step that is done, None before the first; ``back``: it is being undone, and
    ``restored``: the old version is whole again;
    ``copied``: whether there is a copy of the database; ``journals``: where all journals ended when
    it was made; ``why``: what made it be undone.
    """

    came_from: str
    goes_to: str
    with_copy: bool
    done: Step | None = None
    back: bool = False
    copied: bool = False
    restored: bool = False
    journals: str = ""
    why: str = ""

    def left(self) -> list[Step]:
        """The steps that are still to do."""
        steps = list(Step)
        return steps if self.done is None else steps[steps.index(self.done) + 1 :]

    def may_have_migrated(self) -> bool:
        """Whether the new version may have changed the database."""
        return self.done is not None and list(Step).index(self.done) >= list(Step).index(Step.COPY)


def read_progress(versions: Path, name: str = UNDER_WAY) -> Progress | None:
    """What stands on disk, None where nothing is under way. Raises `InstallationError`."""
    path = versions / name
    try:
        return msgspec.json.decode(path.read_bytes(), type=Progress)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InstallationError("upgrade.progress", path=path, reason=error) from error


def write_progress(versions: Path, progress: Progress, name: str = UNDER_WAY) -> None:
    """Put it on disk."""
    write_file(versions / name, msgspec.json.encode(progress))
