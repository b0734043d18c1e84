"""Connectors: each turns one kind of service desk into the model's values."""

import sys

# httpx loads a command line of its own where rich and click happen to be installed (10 MB), and httpcore all
# of trio where that is (5 MB). Nobody here uses either.
for _unused in ("httpx._main", "trio"):
    sys.modules.setdefault(_unused, None)  # type: ignore[arg-type]
