"""Builds and starts the profile's program off the UI thread, after the first paint."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tracker.model.errors import TrackerError
from tracker.ui.bridge import Bridge, BridgeListener

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

    from tracker.app.opening import Opening
    from tracker.core.program import Program
    from tracker.core.questions import Open
    from tracker.host.paths import ProfilePaths
    from tracker.host.redaction import Redactor

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Starting:
    """Gives the program to whoever waits for it. All methods are called on the UI thread.

    `show_window`, set by the owner, is called there with what a second start wants to see.
    """

    def __init__(self, paths: ProfilePaths, bridge: Bridge, redactor: Redactor) -> None:
        self._paths = paths
        self._bridge = bridge
        self._redactor = redactor
        self.show_window: Callable[[Opening], None] = lambda _opening: None
        self._program: Program | None = None
        self._waiting: list[Callable[[Program], object]] = []
        self._thread: threading.Thread | None = None
        self.failed = ""
        self._settled = threading.Event()

    def start(self) -> None:
        """Begin; the imports of the network alone would hold the window back a quarter of a second."""
        self._thread = threading.Thread(target=self._build, name="tracker-start", daemon=True)
        self._thread.start()

    def when_ready(self, act: Callable[[Program], object]) -> None:
        """Call with the program: now if it runs, else as soon as it does."""
        if self._program is not None and not self._waiting:
            act(self._program)
        else:
            self._waiting.append(act)

    def await_program(self, seconds: float) -> Program | None:
        """Wait, on a thread that may, until the program runs; None if it does not (`failed` may say why)."""
        self._settled.wait(seconds)
        return self._program

    @property
    def redactor(self) -> Redactor:
        """What knows the secrets of this run."""
        return self._redactor

    @property
    def clock_offset(self) -> timedelta:
        """The desk's clock minus ours, where it matters."""
        return self._program.time.offset if self._program is not None else timedelta()

    def run_there(
        self, work: Callable[[], Coroutine[object, object, T]], then: Callable[[T | Exception], None]
    ) -> None:
        """Run a coroutine function on the program's event loop, as soon as there is one.

        `then` is called on the UI thread with its result or its error.
        """

        def tell(done: Future[T]) -> None:
            if done.cancelled():
                return
            error = done.exception()
            if error is None:
                self._bridge.call(lambda: then(done.result()))
            elif isinstance(error, Exception):
                self._bridge.call(lambda: then(error))

        self.when_ready(lambda program: program.service.call(work).add_done_callback(tell))

    def stop(self) -> None:
        """Stop the program in order; waits for a start that is under way."""
        if self._thread is not None:
            self._thread.join()
        if self._program is not None:
            self._program.stop()

    def _build(self) -> None:
        try:
            program = self._started()
        except TrackerError as error:
            _log.warning("The profile cannot be used: %s", error)
            self._bridge.call(partial(self._give_up, str(error)))
        except Exception:
            # Told to the person: a program that shows a window and does nothing would be worse.
            _log.exception("The program could not start")
            self._bridge.call(partial(self._give_up, "Tracker could not start. Its log says why."))
        else:
            # Kept here already, so that a quit before the UI thread hears of it stops it all the same.
            self._program = program
            self._settled.set()
            self._bridge.call(partial(self._hand_out, program))

    def _started(self) -> Program:
        from tracker.core.answering import Answerer
        from tracker.core.environment import fixed_pace
        from tracker.core.housekeeping import keep_house
        from tracker.core.program import Options, Program
        from tracker.desks.registry import open_desk

        options = Options(open_desk, fixed_pace(), redactor=self._redactor)
        program = Program(self._paths, BridgeListener(self._bridge), options)
        program.start(Answerer(program, self._asked_to_show).answer)
        program.service.call(partial(keep_house, program))
        return program

    def _asked_to_show(self, asked: Open) -> bool:
        from tracker.app.opening import Opening

        opening = Opening(asked.ticket, asked.files, asked.new, asked.token)
        self._bridge.call(lambda: self.show_window(opening))
        return True

    def _hand_out(self, program: Program) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act(program)

    def _give_up(self, sentence: str) -> None:
        self.failed = sentence
        self._settled.set()
        self._bridge.trouble.emit(sentence)
