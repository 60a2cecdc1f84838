"""`run.py bench lost`: measure and print."""

from __future__ import annotations

import argparse
import sys

import bench.lost
from bench.lost.figures import figures
from bench.report import print_report


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="run.py bench lost", description=bench.lost.__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="two million numbers")
    options = parser.parse_args()
    print_report("Lost and stolen document numbers", figures(options.quick), options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
