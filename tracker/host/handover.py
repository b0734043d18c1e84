"""A command started beside the running program hands its line over and reads the answer, line by line.

One line of bytes goes in, any number of lines come out, then an empty line says that the answer is whole.
"""

import logging
import os
import socket
import struct
import sys
import time
from collections.abc import Generator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.disk import plain_disk_errors
from tracker.host.errors import HandoverBroken, HolderUnreachable, ProfileBusy
from tracker.host.handover_line import END, LONGEST_LINE, Handle

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    from anyio import Semaphore

MOST_ASKERS = 32
ASK_WITHIN = 10.0

_log = logging.getLogger(__name__)


async def serve(address: str, handle: Handle) -> None:
    """Answer programs of the same person until cancelled; call it only while holding the profile's lock.

    A socket left over by a killed program is replaced. Nothing that an asker sends or does ends this.
    Needs an asyncio loop. Raises DiskTrouble when the socket can't be made.
    """
    if sys.platform == "win32":
        from tracker.host.handover_pipe import serve_pipe

        await serve_pipe(address, handle)
        return
    from asyncio import start_unix_server

    from anyio import Semaphore, create_task_group

    places = Semaphore(MOST_ASKERS)
    try:
        async with create_task_group() as group:

            def admit(reader: "StreamReader", writer: "StreamWriter") -> None:
                group.start_soon(_answer, handle, places, _Asker(reader, writer))

            # asyncio's own streams: cancelling a read of anyio's Unix sockets can log an error (4.16).
            async with await start_unix_server(admit, sock=_door(address), limit=LONGEST_LINE) as server:
                await server.serve_forever()
    finally:
        _remove(address)


def ask(
    address: str, line: bytes, *, silence: float | None = 30.0, patience: float = 5.0
) -> Generator[bytes, None, None]:
    """Hand a line to the program that holds the profile and give its answer's lines as they come.

    `silence` is how many seconds may pass without a line (None: for ever), `patience` how long the program
    may take to open its door after it took the lock. Raises HolderUnreachable when it does not open it,
    ProfileBusy when it does not answer or belongs to somebody else, HandoverBroken when it ends before its
    answer is whole.
    """
    if sys.platform == "win32":
        from tracker.host.handover_pipe import ask_pipe

        yield from ask_pipe(address, line, patience=patience)
        return
    with _connected(address, patience) as connection:
        connection.settimeout(silence)
        try:
            connection.sendall(line + b"\n")
            with connection.makefile("rb") as answer:
                for said in answer:
                    if said == END:
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
                raise HolderUnreachable("Another Tracker uses this profile and can't be reached.") from error
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


def _door(address: str) -> socket.socket:
    """Give a bound socket that only this person may use; nobody can connect before its rights are set."""
    door = socket.socket(socket.AF_UNIX)
    try:
        with plain_disk_errors("opening the local socket", Path(address)):
            _remove(address)
            door.bind(address)
            os.chmod(address, 0o600)
    except BaseException:
        door.close()
        raise
    return door


@dataclass(frozen=True, slots=True)
class _Asker:
    reader: "StreamReader"
    writer: "StreamWriter"

    def is_us(self) -> bool:
        """Tell whether it is the same person."""
        return peer_uid(self.writer.get_extra_info("socket")) == os.getuid()

    async def line(self) -> bytes | None:
        """Give the one line that is asked, None when it does not come in time or never ends."""
        from asyncio import IncompleteReadError, LimitOverrunError

        from anyio import fail_after

        try:
            with fail_after(ASK_WITHIN):
                return (await self.reader.readuntil(END)).removesuffix(END)
        except (IncompleteReadError, LimitOverrunError, OSError):
            return None

    async def say(self, line: bytes) -> None:
        """Send one line."""
        self.writer.write(line + END)
        await self.writer.drain()

    async def has_gone(self) -> None:
        """Return when nobody listens any more."""
        with suppress(OSError):
            while await self.reader.read(4096):
                pass

    async def let_go(self) -> None:
        """Close the connection."""
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


async def _answer(handle: Handle, places: "Semaphore", asker: _Asker) -> None:
    try:
        if not asker.is_us():
            _log.warning("Somebody else tried to use this profile's socket.")
            return
        async with places:
            line = await asker.line()
            if line is None:
                _log.info("An asker sent no whole line.")
                return
            await _converse(handle, line, asker)
    finally:
        await asker.let_go()


async def _converse(handle: Handle, line: bytes, asker: _Asker) -> None:
    """Send the answer; an asker who goes away ends it, however long the answer waits for news."""
    from anyio import create_task_group

    async with create_task_group() as group:

        async def end_when_gone() -> None:
            await asker.has_gone()
            group.cancel_scope.cancel()

        group.start_soon(end_when_gone)
        await _send_answer(handle, line, asker)
        group.cancel_scope.cancel()


async def _send_answer(handle: Handle, line: bytes, asker: _Asker) -> None:
    try:
        async with aclosing(handle(line)) as answer:
            async for said in answer:
                if not said or END in said:
                    raise ValueError("an answer's line must be one line, and not empty")
                await asker.say(said)
        await asker.say(b"")
    except ConnectionError:
        _log.debug("An asker went away before its answer was whole.")
    except Exception:
        # One bad question must not end the door for everybody; the asker sees that its answer broke off.
        _log.exception("A question from another program could not be answered.")


def _remove(address: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(address)
