"""The window on the virtual display, from the outside: orders to its hands, and what it shows."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tracker.host.virtual_desktop import VirtualDesktop

PATIENCE = 40.0
"""Seconds for something to appear; what takes longer is a failure."""


class NotSeen(Exception):
    """Something that should have been on the screen did not come."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """Whether the window is on the screen and in front, and the names of what has the keyboard."""

    visible: bool
    front: bool
    focus: tuple[str, ...]


class Window:
    """The tray program on a virtual desktop; every act raises `NotSeen` when it cannot be done."""

    def __init__(
        self,
        desktop: VirtualDesktop,
        environment: Mapping[str, str],
        *arguments: str,
        program: Sequence[str] = (sys.executable, "-m", "tracker.demo.hands"),
    ) -> None:
        """`environment` adds to the desktop's; `arguments` are those of the tray program with hands."""
        self._desktop = desktop
        self._program = desktop.spawn(
            [*program, *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._desktop.end(self._program)

    def keys(self, keys: str) -> None:
        """Press a key combination, as in "Ctrl+N"."""
        self._patiently(do="keys", keys=keys)

    def fill(self, name: str, text: str) -> None:
        """Type into the field of that name."""
        self._patiently(do="fill", name=name, text=text)

    def choose(self, name: str, text: str) -> None:
        """Choose from the list of that name, with the arrow keys."""
        self._patiently(do="choose", name=name, text=text)

    def press(self, name: str, *, times: int = 1) -> None:
        """Click the button of that name, more than once in a row if `times` says so."""
        self._patiently(do="press", name=name, times=str(times))

    def paste(self, name: str, file: Path) -> None:
        """Paste a copied file into the field of that name."""
        self._patiently(do="paste", name=name, file=str(file))

    def close(self) -> None:
        """Close the window as its corner does."""
        self._do(do="close")

    def state(self) -> WindowState:
        """Tell whether the window is on the screen, in front, and where the keyboard is."""
        said = self._do(do="state")
        if not isinstance(said, dict):
            raise NotSeen("The window did not say how it is.")
        return WindowState(bool(said["visible"]), bool(said["front"]), tuple(said["focus"]))

    def open(self, ticket: str) -> None:
        """Bring a request's page to the front, as a second start with its address does."""
        self._do(do="open", ticket=ticket)

    def read(self) -> tuple[str, ...]:
        """Give every name and text on the screen."""
        said = self._do(do="read")
        return tuple(str(words) for words in said) if isinstance(said, list) else ()

    def wait_for(self, words: str) -> str:
        """Give the first text on the screen that holds these words, as soon as there is one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            shown = self.read()
            found = next((text for text in shown if words.casefold() in text.casefold()), None)
            if found is not None:
                return found
            if time.monotonic() > deadline:
                raise NotSeen(f"The window did not show “{words}”. It showed: {' | '.join(shown)}")
            time.sleep(0.05)

    def grab(self, to: Path) -> None:
        """Keep a picture of the window."""
        self._do(do="grab", to=str(to))

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        """The program's process."""
        return self._program

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._program.pid

    def wait(self) -> int:
        """Wait until the program has ended and give its exit status."""
        return self._program.wait(timeout=PATIENCE)

    def quit(self) -> int:
        """Quit as the menu does and give the exit status."""
        self._do(do="quit")
        return self._program.wait(timeout=PATIENCE)

    def _patiently(self, **order: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._do(**order)
            except NotSeen:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def _do(self, **order: str) -> object:
        pipes = self._program
        if pipes.stdin is None or pipes.stdout is None:
            raise NotSeen("The window has no hands.")
        pipes.stdin.write((json.dumps(order) + "\n").encode())
        pipes.stdin.flush()
        line = pipes.stdout.readline()
        if not line:
            raise NotSeen(f"The window is gone. {self._desktop.log_of('python')}")
        answer = json.loads(line)
        if not answer["ok"]:
            raise NotSeen(f"Not on the screen: {answer['said']}")
        said: object = answer["said"]
        return said
