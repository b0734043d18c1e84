"""Where the window stood, in a file of its own: written often, and losing it harms nobody."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from tracker.host.disk import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class WindowState:
    """Left, top, width and height in logical pixels, and whether the window filled its screen."""

    left: int
    top: int
    width: int
    height: int
    maximised: bool = False


def load_window_state(path: Path) -> WindowState | None:
    """Give where the window stood; None when nobody knows, or what was kept makes no sense."""
    try:
        raw = json.loads(path.read_bytes()[:4096])
    except (OSError, ValueError):
        return None
    if not isinstance(raw, dict):
        return None
    numbers = [raw.get(field.name) for field in fields(WindowState)[:4]]
    if not all(type(number) is int and abs(number) < _FARTHEST for number in numbers):
        return None
    left, top, width, height = (int(number) for number in numbers if isinstance(number, int))
    return WindowState(left, top, width, height, raw.get("maximised") is True)


def save_window_state(path: Path, state: WindowState) -> None:
    """Keep where the window stands; raises DiskTrouble."""
    write_whole(path, json.dumps(asdict(state)).encode(), doing="keeping the window's place")
