"""Killing the post's web server as a power cut would, and waiting for it to come back."""

from __future__ import annotations

import time
import urllib.request
from urllib.error import URLError

import psutil

from openmidas.nodes.home import NodeHome


def kill_server(home: NodeHome) -> int:
    """SIGKILL to every process of the post's web server; how many there were."""
    doomed = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if command[-2:] == ["openmidas.cli", "serve"] and _home(process) == str(home.folder):
            doomed += [process, *process.children(recursive=True)]
    for process in doomed:
        process.kill()
    psutil.wait_procs(doomed, timeout=5)
    return len(doomed)


def seconds_until_answering(home: NodeHome, limit: float = 30) -> float:
    """How long the pages take to answer again."""
    started = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(f"http://{home.config().web}/health/", timeout=2):
                return time.monotonic() - started
        except (URLError, OSError):
            if time.monotonic() - started > limit:
                raise
            time.sleep(0.05)


def _home(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("OPENMIDAS_HOME", ""))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""
