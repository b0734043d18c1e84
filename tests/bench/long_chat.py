"""A conversation of 10,000 messages on the chat page: opening it, scrolling through it, its memory."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

from tests.bench.figures import Figure, median_of, percentile
from tests.bench.place import PYTHON, Place

MESSAGES = 10_000
OPENING, FRAME, MEMORY = 100.0, 16.0, 10.0


def measure(_place: Place) -> Iterator[Figure]:
    """Let a process of its own show the page on a drawn screen, from a profile's real file."""
    asked = [PYTHON, "-m", "tests.bench.long_chat_inside", str(MESSAGES)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(asked, env=environment, capture_output=True, check=True, timeout=240, text=True)
    told: dict[str, list[float]] = json.loads(answer.stdout.splitlines()[-1])
    yield median_of(f"opening a chat of {MESSAGES:,} messages, painted", told["opening"], "ms", limit=OPENING)
    for way in ("wheel", "page", "drag"):
        frames = told[way]
        remark = f"{len(frames)} frames, p99 {percentile(frames, 0.99):.1f}"
        yield Figure(f"scrolling by {way}, the slowest frame", max(frames), "ms", FRAME, remark=remark)
        own = max(told[f"{way}_own"])
        yield Figure(f"scrolling by {way}, its time on a core", own, "ms", FRAME)
    yield Figure("memory beside a chat of 10 messages", told["memory"][0], "MB", MEMORY)
