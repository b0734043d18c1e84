"""A command started beside the running program hands its line over and reads the answer, line by line.

One line of bytes goes in, any number of lines come out, then an empty line says that the answer is whole.
"""

import logging
import os
import socket
import struct
import sys
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress
from functools import partial
from typing import TYPE_CHECKING

from tracker.host.errors import HandoverBroken, ProfileBusy

if TYPE_CHECKING:
    from anyio import CancelScope, Semaphore
    from anyio.abc import SocketStream

Handle = Callable[[bytes], AsyncGenerator[bytes, None]]
"""Gives the lines that answer one line, without line ends; closed early when the asker goes away."""

# A very long letter still fits; files are handed over by their path.
LONGEST_LINE = 4 * 1024 * 1024
MOST_ASKERS = 32
ASK_WITHIN = 10.0

_END = b"\n"
_log = logging.getLogger(__name__)


async def serve(address: str, handle: Handle) -> None:
    """Answer programs of the same person until cancelled; call it only while holding the profile's lock.

    A socket left over by a killed program is replaced. Nothing that an asker sends or does ends this.
    """
    if sys.platform == "win32":
        from tracker.host.handover_pipe import serve_pipe

        await serve_pipe(address, handle)
        return
    from anyio import Semaphore, create_unix_listener

    _remove(address)
    try:
        async with await create_unix_listener(address, mode=0o600) as listener:
            await listener.serve(partial(_answer, handle, Semaphore(MOST_ASKERS)))
    finally:
        _remove(address)


def ask(address: str, line: bytes, *, silence: float | None = 30.0, patience: float = 5.0) -> Iterator[bytes]:
    """Hand a line to the program that holds the profile and give its answer's lines as they come.

    `silence` is how many seconds may pass without a line (None: for ever), `patience` how long the program
    may take to open its door after it took the lock. Raises ProfileBusy when it does not answer or belongs
    to somebody else, HandoverBroken when it ends before its answer is whole.
    """
    if sys.platform == "win32":
        from tracker.host.handover_pipe import ask_pipe

        yield from ask_pipe(address, line)
        return
    with _connected(address, patience) as connection:
        connection.settimeout(silence)
        try:
            connection.sendall(line + b"\n")
            with connection.makefile("rb") as answer:
                for said in answer:
                    if said == _END:
                        return
                    yield said.rstrip(b"\n")
        except TimeoutError as error:
            raise ProfileBusy("Tracker is running, but it does not answer. Quit it and try again.") from error
        except OSError as error:
            raise HandoverBroken("The running Tracker stopped before it had answered.") from error
    raise HandoverBroken("The running Tracker stopped before it had answered.")


def _connected(address: str, patience: float) -> socket.socket:
    deadline = time.monotonic() + patience
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
            if peer_uid(connection) == os.getuid():
                return connection
            raise ProfileBusy("This profile is in use by somebody else.")
        except OSError as error:  # not there yet, or left over by a program that has ended
            connection.close()
            if time.monotonic() > deadline:
                raise ProfileBusy("Another Tracker uses this profile and can't be reached.") from error
        except ProfileBusy:
            connection.close()
            raise
        time.sleep(0.02)


def peer_uid(connection: socket.socket) -> int:
    """Tell which user is at the other end (Linux; elsewhere the socket's folder keeps others out)."""
    if sys.platform != "linux":
        return os.getuid()
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _pid, uid, _gid = struct.unpack("3i", credentials)
    return int(uid)


async def _answer(handle: Handle, places: "Semaphore", stream: "SocketStream") -> None:
    from anyio.abc import SocketAttribute

    async with stream, places:
        asker = peer_uid(stream.extra(SocketAttribute.raw_socket))  # noqa: S610 - not Django's
        if asker != os.getuid():
            _log.warning("Somebody else tried to use this profile's socket.")
            return
        line = await _first_line(stream)
        if line is not None:
            await _converse(handle, line, stream)


async def _first_line(stream: "SocketStream") -> bytes | None:
    from anyio import BrokenResourceError, DelimiterNotFound, EndOfStream, IncompleteRead, fail_after
    from anyio.streams.buffered import BufferedByteReceiveStream

    try:
        with fail_after(ASK_WITHIN):
            return await BufferedByteReceiveStream(stream).receive_until(_END, LONGEST_LINE)
    except (DelimiterNotFound, IncompleteRead, EndOfStream, BrokenResourceError, TimeoutError):
        _log.info("An asker sent no whole line.")
        return None


async def _converse(handle: Handle, line: bytes, stream: "SocketStream") -> None:
    """Send the answer; an asker who goes away ends it, however long the answer waits for news."""
    from anyio import create_task_group

    async with create_task_group() as group:
        group.start_soon(_end_when_gone, stream, group.cancel_scope)
        await _send_answer(handle, line, stream)
        group.cancel_scope.cancel()


async def _send_answer(handle: Handle, line: bytes, stream: "SocketStream") -> None:
    from anyio import BrokenResourceError, ClosedResourceError

    try:
        async with aclosing(handle(line)) as answer:
            async for said in answer:
                if not said or _END in said:
                    raise ValueError("an answer's line must be one line, and not empty")
                await stream.send(said + _END)
        await stream.send(_END)
    except (BrokenResourceError, ClosedResourceError):
        _log.debug("An asker went away before its answer was whole.")
    except Exception:
        # One bad question must not end the door for everybody; the asker sees that its answer broke off.
        _log.exception("A question from another program could not be answered.")


async def _end_when_gone(stream: "SocketStream", scope: "CancelScope") -> None:
    from anyio import BrokenResourceError, ClosedResourceError, EndOfStream

    try:
        while True:
            await stream.receive()
    except (EndOfStream, BrokenResourceError, ClosedResourceError):
        scope.cancel()


def _remove(address: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(address)
