"""What stands in a post's tables, asked of the post itself. ``python -m bench.counter.recorded``."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter as Tally

import django
import msgspec

from openmidas.nodes.home import NodeHome
from openmidas.web.demo.layout import environment


def crossings_by_number(home: NodeHome) -> Tally[str]:
    """How many crossings stand under each document number."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.counter.recorded"],
        env=environment(home) | {"DJANGO_SETTINGS_MODULE": "openmidas.web.settings"},
        capture_output=True,
        check=True,
    )
    return Tally(msgspec.json.decode(done.stdout, type=dict[str, int]))


def main() -> None:
    """Print the tally as JSON, as the node of ``OPENMIDAS_HOME``."""
    django.setup()
    from openmidas.crossings.models import Crossing

    numbers = Crossing.objects.values_list("document_number", flat=True)
    sys.stdout.write(msgspec.json.encode(Tally(numbers)).decode())


if __name__ == "__main__":
    main()
