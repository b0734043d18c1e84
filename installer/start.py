"""Where the frozen program starts: the same entry as `python -m tracker`."""

import sys

from tracker.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
