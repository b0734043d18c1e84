"""What the environment may set, for tests and measurements."""

import os

PACE_VARIABLE = "TRACKER_PACE"
"""Seconds between two looks at a desk that does not push."""


def fixed_pace() -> float | None:
    """Give the asking interval that the environment sets, if it does and makes sense."""
    try:
        seconds = float(os.environ.get(PACE_VARIABLE, ""))
    except ValueError:
        return None
    return seconds if 1 <= seconds <= 3600 else None
