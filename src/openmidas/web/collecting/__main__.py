"""The page that collects as a process of its own settings: ``python -m openmidas.web.collecting ADDRESS``."""

from __future__ import annotations

import sys

from openmidas.web.serving import serve

if __name__ == "__main__":
    serve("openmidas.web.collecting.wsgi:doorway", sys.argv[1])
