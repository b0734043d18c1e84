"""Follows one chat at a terminal: prints what is said as it comes, sends each line that is typed."""

import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from types import FrameType

import msgspec

from tracker.cli.chat_printing import Printing
from tracker.cli.office import Office
from tracker.cli.output import complain, failed
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.reading import open_reader
from tracker.host.paths import ProfilePaths
from tracker.model.command import Delivery, SendMessage, new_command_id
from tracker.model.ticket import TicketId
from tracker.store.codec import kind_of
from tracker.store.reader import Reader

LAST_WORDS = 10.0
"""Seconds to wait, when what is piped in has ended, for the desk to have it."""
_KEYBOARD = 0
_PIECE = 64 * 1024
_LINE_LIMIT = 2 * 1024 * 1024


class _Sign(Enum):
    """What happens beside lines that are typed."""

    STIRRED = auto()  # the conversation may be different
    NO_MORE = auto()  # nothing more will be typed
    LEAVE = auto()  # Ctrl+C
    LATE = auto()  # the last words took too long


_Happening = _Sign | str | int | BaseException


class Following:
    """Used once, on the main thread; `run` returns when the chat is over or left."""

    def __init__(self, office: Office, paths: ProfilePaths, ticket: TicketId, printing: Printing) -> None:
        self._office = office
        self._paths = paths
        self._ticket = ticket
        self._printing = printing
        self._happens: queue.SimpleQueue[_Happening] = queue.SimpleQueue()
        self._no_more = False

    def run(self) -> int:
        """Follow the chat and give the exit status."""

        def leave(_number: int, _frame: FrameType | None) -> None:
            self._happens.put(_Sign.LEAVE)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, leave)
        for name, work in (("chat", self._listen), ("typing", self._read)):
            threading.Thread(target=work, name=name, daemon=True).start()
        while True:
            code = self._handle(self._happens.get())
            if code is not None:
                return code

    def _handle(self, happening: _Happening) -> int | None:
        """Take one thing in; an exit status ends it."""
        if isinstance(happening, BaseException):
            raise happening
        if isinstance(happening, int):
            return happening
        if isinstance(happening, str):
            return self._say(happening)
        if happening is _Sign.STIRRED:
            return self._look()
        if happening is _Sign.NO_MORE:
            self._no_more = True
            late = threading.Timer(LAST_WORDS, self._happens.put, (_Sign.LATE,))
            late.daemon = True
            late.start()
            return self._look()
        return self._leave()

    def _say(self, text: str) -> int | None:
        if not text.strip():
            return None
        command = SendMessage(new_command_id(), datetime.now(UTC), self._ticket, text)
        raw = msgspec.Raw(msgspec.json.encode(command))
        answer = self._office.answer(ask.Submit(kind_of(command), raw, 0.0))
        return None if isinstance(answer, ask.Sent) else failed(answer)

    def _look(self) -> int | None:
        """Print what is new; the chat's end ends it, and so do the last words' arrival."""
        over, unsent = self._read_store(self._printing.print_news)
        if over:
            return exits.DONE
        return self._leave() if self._no_more and not unsent else None

    def _leave(self) -> int:
        over, unsent = self._read_store(self._printing.print_news)
        if over:
            return exits.DONE
        self._printing.print_left()
        if unsent:
            complain(
                "What you wrote last has not reached the desk. It is kept and sent as soon as it can be."
            )
            return exits.UNREACHABLE
        return exits.DONE

    def _read_store(self, look: Callable[[Reader], bool]) -> tuple[bool, bool]:
        """Give whether the chat is over, and whether something said here has not reached the desk."""
        reader = open_reader(self._paths)
        if reader is None:
            return False, False
        try:
            waiting = [each.delivery for each in reader.talks.pending(self._ticket)]
            unsent = any(each in (Delivery.QUEUED, Delivery.UNSURE) for each in waiting)
            return look(reader), unsent
        finally:
            reader.close()

    def _listen(self) -> None:
        try:
            for answer in self._office.answers(ask.FollowChat(self._ticket)):
                if not isinstance(answer, ask.Stirred):
                    self._happens.put(failed(answer))
                    return
                self._happens.put(_Sign.STIRRED)
        except BaseException as error:  # all of them belong to the thread that waits
            self._happens.put(error)

    def _read(self) -> None:
        try:
            for line in typed_lines():
                self._happens.put(line)
        except OSError as error:
            complain(f"Nothing can be typed here: {error.strerror}.")
        self._happens.put(_Sign.NO_MORE)


def typed_lines() -> Iterator[str]:
    """Give each line that is typed or piped in, without its end; an endless one in pieces. Raises `OSError`.

    Not through `sys.stdin`: its lock, held while it waits, would stop the program from ending.
    """
    held = b""
    while piece := os.read(_KEYBOARD, _PIECE):
        *whole, held = (held + piece).split(b"\n")
        if len(held) > _LINE_LIMIT:
            whole, held = [*whole, held], b""
        yield from (_text(line) for line in whole)
    if held:
        yield _text(held)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").removesuffix("\r")
