"""The two who chat: an employee before the real window, and an agent of whom only the words matter here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tests.rigs.desktop import wait_until
from tracker.core.reading import open_reader
from tracker.demo.window import NotSeen, Window
from tracker.host.paths import ProfilePaths
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store.talks import Talks

T = TypeVar("T")

FIELD, SEND, PAGE = "Write a message", "Send", "Chat"
GONE = (NotSeen, OSError, ValueError)
"""How it shows that the program before one was killed: its hands do not answer, or their pipe is closed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation as either side has it."""

    mine: bool  # the employee's
    text: str


class AgentSide(Protocol):
    """The other side, on a network of its own: it may only be surprised by the server's end."""

    def say(self, text: str) -> None:
        """Write a message; returns when the server certainly has it, once."""
        ...

    def transcript(self) -> list[Line]:
        """Give the whole conversation, as the server tells it to the agent."""
        ...


class Employee:
    """Types into the window, and starts the program again when it was killed."""

    def __init__(self, start: Callable[[], Window], paths: ProfilePaths, ticket: TicketId) -> None:
        self._start = start
        self._paths = paths
        self._ticket = ticket
        self._window = self._opened()
        self.starts = 1

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._window.pid

    def say(self, text: str) -> None:
        """Type a message and press Send; after a kill, look first what became of it, as a person would."""
        typed = False
        while not (typed and self._is_there(text)):
            try:
                if not (typed and text in self._window.read()):
                    self._window.fill(FIELD, text)
                typed = True
                self._window.press(SEND)
                self._wait_for_empty_field(text)
            except GONE:
                self._begin_again()
            else:
                return

    def transcript(self) -> list[Line]:
        """Give the conversation as it is stored on this computer."""
        found = self._ask(lambda talks: talks.messages(self._ticket, limit=1_000_000))
        return [Line(each.sender.kind is ActorKind.YOU, each.text) for each in found]

    def waits(self) -> int:
        """Count what has not been told back by the desk."""
        return len(self._ask(lambda talks: talks.pending(self._ticket)))

    def be_there(self) -> None:
        """Start the program again if it was killed."""
        if not self._is_alive():
            self._begin_again()

    def goes_on(self, most: int) -> bool:
        """Look at the window before typing on; False while as many lines as `most` are on their way."""
        self.be_there()
        return self.waits() < most

    def quit(self) -> int:
        """Quit as the menu does; give the exit status."""
        return self._window.quit()

    def _wait_for_empty_field(self, text: str) -> None:
        wait_until(lambda: self._is_there(text) or not self._is_alive(), what=f"“{text}” in the outbox")
        if not self._is_alive():
            raise NotSeen("killed")

    def _is_alive(self) -> bool:
        return self._window.process.poll() is None

    def _is_there(self, text: str) -> bool:
        """Say whether it is in the outbox, or came back from the desk."""
        waiting = self._ask(lambda talks: [each.command for each in talks.pending(self._ticket)])
        if any(getattr(command, "text", "") == text for command in waiting):
            return True
        return bool(self._ask(lambda talks: talks.found(self._ticket, text)))

    def _ask(self, question: Callable[[Talks], T]) -> T:
        reader = open_reader(self._paths)
        assert reader is not None
        try:
            return question(reader.talks)
        finally:
            reader.close()

    def _begin_again(self) -> None:
        self._window.process.wait(timeout=30)
        self._window = self._opened()
        self.starts += 1

    def _opened(self) -> Window:
        window = self._start()
        window.press(PAGE)
        return window


class Talker(threading.Thread):
    """Says one numbered line after the other until told to stop; `said` holds what was said.

    Pauses before each, and as long as `goes_on` says that it is better to wait.
    """

    def __init__(
        self,
        name: str,
        say: Callable[[str], None],
        pause: float,
        *,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._say = say
        self._pause = pause
        self._goes_on = goes_on
        self._over = threading.Event()
        self.said: list[str] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Talk."""
        try:
            while not self._over.wait(self._pause):
                if not self._goes_on():
                    continue
                text = f"{self.name} {len(self.said) + 1}."
                self._say(text)
                self.said.append(text)
        except BaseException as failure:  # told by whoever waits for the end
            self.failure = failure

    def end(self) -> None:
        """Let the line under way be said, then stop; raises what went wrong while talking."""
        self._over.set()
        self.join(timeout=180)
        assert not self.is_alive(), f"{self.name} is stuck after {len(self.said)} lines"
        if self.failure is not None:
            raise self.failure
