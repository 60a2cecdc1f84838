"""``python -m openmidas.cli``"""

import sys

from openmidas.cli import main

if __name__ == "__main__":
    sys.exit(main())
