"""Does the machine start the node by itself, and is it running?"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence

from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.identity import this_node

UNITS = ("midas-serve.service", "midas-exchange.service", "midas-worker.service")
PUBLIC = "midas-public.service"
SECONDS = 5
ASKED = ("LoadState", "ActiveState", "UnitFileState")


@check()
def units() -> Iterator[Finding]:
    """The units of systemd, one finding each; one unknown where there is no systemd to ask."""
    program = shutil.which("systemctl")
    if program is None:
        yield Finding("units.no_systemd", Level.UNKNOWN)
        return
    wanted = expected(this_node().config.public)
    said = _ask(program, wanted)
    if said is None:
        yield Finding("units.silent", Level.UNKNOWN)
        return
    for unit, state in zip(wanted, said, strict=True):
        yield judge(unit, state)


def expected(public: str) -> tuple[str, ...]:
    """The units that should run. ``public``: where the public pages have an address of their own; elsewhere
    their unit is there and stays off."""
    return (*UNITS, PUBLIC) if public else UNITS


def judge(unit: str, state: dict[str, str]) -> Finding:
    """What systemd's properties of a unit come to."""
    params: dict[str, str | int] = {"unit": unit, "state": state.get("ActiveState", "")}
    if state.get("LoadState") != "loaded":
        return Finding("units.not_installed", Level.LOOK, params)
    if state.get("ActiveState") not in ("active", "reloading", "activating"):
        return Finding("units.not_running", Level.STOP, params)
    if state.get("UnitFileState") != "enabled":
        return Finding("units.not_at_start", Level.LOOK, params)
    return Finding("units.running", Level.OK, params)


def _ask(program: str, wanted: Sequence[str]) -> list[dict[str, str]] | None:
    """The properties of all units; None where systemd does not answer (in a container)."""
    try:
        done = subprocess.run(  # noqa: S603  systemd's own program, no input of anybody
            [program, "show", f"--property={','.join(ASKED)}", *wanted],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    return read_properties(done.stdout, len(wanted))


def read_properties(text: str, number: int = len(UNITS)) -> list[dict[str, str]] | None:
    """`systemctl show` of a number of units: a block of ``Name=value`` each. None where one is missing."""
    blocks = [block for block in text.strip().split("\n\n") if block]
    if len(blocks) != number:
        return None
    return [
        dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks
    ]
