"""An asyncio loop on a thread of its own, as the program's sync thread is."""

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TypeVar

from anyio.from_thread import BlockingPortal
from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class LoopThread(QObject):
    """Runs coroutines in the portal; answers come back on the thread that made this."""

    _done = Signal(object)

    def __init__(self, portal: BlockingPortal) -> None:
        super().__init__()
        self._portal = portal
        self._done.connect(lambda act: act())

    def __call__(
        self, work: Callable[[], Coroutine[object, object, T]], then: Callable[[T | Exception], None]
    ) -> None:
        def finished(future: "Future[T]") -> None:
            error = future.exception()
            if isinstance(error, Exception):
                self._done.emit(lambda: then(error))
            elif error is None:
                result = future.result()
                self._done.emit(lambda: then(result))

        self._portal.start_task_soon(work).add_done_callback(finished)
