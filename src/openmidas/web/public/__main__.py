"""The pages for the public as a process of its own settings: ``python -m openmidas.web.public ADDRESS``."""

from __future__ import annotations

import sys

from openmidas.web.serving import serve

if __name__ == "__main__":
    serve("openmidas.web.public.wsgi:doorway", sys.argv[1])
