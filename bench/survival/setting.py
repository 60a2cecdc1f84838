"""A node's folder for this process, so that the project's code can be loaded and driven."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from uuid import uuid4

from openmidas.journal.kinds import NodeKind


def set_up(folder: Path) -> None:
    """Make this process a post that has no database yet, and load the project."""
    import django

    from openmidas.nodes.home import NodeConfig, NodeHome

    os.environ["OPENMIDAS_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    NodeHome(folder).write_config(
        NodeConfig(id=uuid4(), kind=NodeKind.POST, state="MLI", name="Labbezanga")
    )
    django.setup()
    # What is refused here is refused on purpose, thousands of times.
    logging.getLogger("openmidas").setLevel(logging.CRITICAL)
