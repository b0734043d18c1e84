"""Connectors: each turns one kind of service desk into the model's values."""

import sys

# httpx loads a command line of its own where rich and click happen to be installed: 10 MB for nobody.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
