"""Sees from outside, in the memory of the virtual display, when something has been painted."""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench.processes import effort

_HEADER = struct.Struct(">25I")
_LOOK_EVERY = 0.001
_SAME = 0.97


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the screen, in pixels. Every `step`th line of it is looked at."""

    left: int
    top: int
    width: int
    height: int
    step: int = 1


Frame = tuple[bytes, ...]


class Screen:
    """The screen of Xvfb started with -fbdir: the file is the very memory that is drawn into."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
        words = _HEADER.unpack_from(self._memory)
        self.width, self.height = words[4], words[5]
        self._line = words[12]
        self._start = words[0] + words[19] * 12

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._memory.close()

    def look(self, area: Area) -> Frame:
        """Give the lines of an area as they are now."""
        lines = range(area.top, area.top + area.height, area.step)
        starts = [self._start + line * self._line + area.left * 4 for line in lines]
        return tuple([self._memory[start : start + area.width * 4] for start in starts])


@dataclass(frozen=True, slots=True)
class Change:
    """One change on the screen: when (time.monotonic), what the program had used of a core, what was seen."""

    at: float
    seconds: float
    frames: tuple[Frame, ...]


class Watching:
    """Notes every change of some areas while a program starts."""

    def __init__(self, screen: Screen, areas: tuple[Area, ...]) -> None:
        self._screen = screen
        self._areas = areas
        self._before = self._look()
        self._seen: list[Change] = []

    def until_still(self, pid: int, *, still: float, limit: float) -> None:
        """Watch until every area has changed and none has for `still` seconds. Raises TimeoutError."""
        deadline = time.monotonic() + limit
        last = self._before
        changed_at = time.monotonic()
        while True:
            now = time.monotonic()
            frame = self._look()
            if frame != last:
                self._seen.append(Change(now, effort(pid).seconds, frame))
                last, changed_at = frame, now
            started = all(new != old for new, old in zip(last, self._before, strict=True))
            if started and now - changed_at > still:
                return
            if now > deadline:
                raise TimeoutError("Nothing was painted in time, or the painting never ended.")
            time.sleep(_LOOK_EVERY)

    def painted(self) -> Change:
        """Give the change with which every area showed what it shows in the end."""
        final = self._seen[-1]
        for change in self._seen:
            if all(_alike(one, other) for one, other in zip(change.frames, final.frames, strict=True)):
                return change
        return final

    def _look(self) -> tuple[Frame, ...]:
        return tuple([self._screen.look(area) for area in self._areas])


def _alike(one: Frame, other: Frame) -> bool:
    """A blinking cursor or a hover changes a few lines of a list; a list that is not there, nearly all."""
    same = sum(1 for line, final in zip(one, other, strict=True) if line == final)
    return same >= _SAME * len(other)
