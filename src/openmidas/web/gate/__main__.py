"""The page of a sealed post as a process: ``python -m openmidas.web.gate ADDRESS``. See `showing`."""

from __future__ import annotations

import os
import signal
import sys
import threading

from openmidas.web.serving import serve


def _end_with_parent() -> None:
    """Whoever started us holds the other end of our input: when they are gone, so are we.

    Not by ``sys.stdin``, whose lock the web server's worker would inherit for ever when it is forked.
    """
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve("openmidas.web.gate.wsgi:doorway", sys.argv[1])
