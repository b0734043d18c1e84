"""Commands of `tracker`, each a process of its own, forked from one that has already loaded the program.

Starting Python and loading the program takes ten times as long as most commands do. A fork has its own
standard streams, environment, arguments and end; nothing of the program has run in it before. Each command
is asked for over a connection of its own: the job and its three streams go in, the process id and the exit
status come out.
"""

from __future__ import annotations

import array
import atexit
import functools
import gc
import importlib
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
# Python and the C library look at these once, at the very start of a process.
FROM_THE_START = ("COVERAGE", "LANG", "LC_", "LD_", "MALLOC", "PYTHON")
LOADED = ("tracker.cli", "tracker.core", "tracker.desks", "tracker.host", "tracker.store", "tracker.sync")
_LARGEST = 200_000


class Job(msgspec.Struct):
    """One command: the words after `tracker`, its environment and its working folder."""

    words: list[bytes]
    env: list[tuple[bytes, bytes]]
    folder: bytes


class CommandForks:
    """The process that has loaded the program; `close` ends it."""

    def __init__(self) -> None:
        self._env = dict(os.environ)
        self._address = f"{tempfile.mkdtemp(prefix='tracker-forks-')}/s"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.rigs.command_forks", self._address],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def can_run(self, env: Mapping[str, str]) -> bool:
        """Tell whether a fork can have this environment: it cannot change what was read at the start."""
        return _read_at_start(env) == _read_at_start(self._env)

    def run(
        self, words: Sequence[str], text: bytes, env: Mapping[str, str], *, timeout: float
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `tracker` with these words to its end, as subprocess.run does; it is killed after `timeout`."""
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(text)
            given.seek(0)
            surroundings = [(os.fsencode(name), os.fsencode(value)) for name, value in env.items()]
            job = Job([os.fsencode(word) for word in words], surroundings, os.getcwdb())
            code = self._ask(job, [given.fileno(), out.fileno(), err.fileno()], timeout)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(list(words), code, out.read(), err.read())

    def close(self) -> None:
        """End the process; commands that still run are on their own."""
        self._process.communicate(timeout=10)
        os.rmdir(os.path.dirname(self._address))

    def _ask(self, job: Job, streams: list[int], timeout: float) -> int:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
            asking.connect(self._address)
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
            asking.sendmsg([msgspec.json.encode(job)], rights)
            asking.settimeout(timeout)
            process = int(asking.recv(64))
            try:
                return int(asking.recv(64))
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired([os.fsdecode(word) for word in job.words], timeout) from None


@functools.cache
def command_forks() -> CommandForks:
    """Give the one of this process, which ends with it."""
    forks = CommandForks()
    atexit.register(forks.close)
    return forks


def _read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(FROM_THE_START)}


def _load() -> None:
    for package in map(importlib.import_module, LOADED):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with suppress(ImportError):  # for another system
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # else each fork goes through all of it at its end, and copies what it touches


def _serve(listener: socket.socket) -> list[str]:
    """Fork for every connection. Returns in each command's process, with its words; ends with the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while listener in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            return _mind(connection)
        connection.close()
    os.unlink(listener.getsockname())
    sys.exit()


def _mind(connection: socket.socket) -> list[str]:
    """Start one command and tell how it ends; returns in its process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    told, rights, _flags, _sender = connection.recvmsg(_LARGEST, socket.CMSG_SPACE(3 * 4))
    if not rights:
        os._exit(1)  # whoever asked has hung up
    streams = array.array("i", rights[0][2])
    process = os.fork()
    if process:
        with suppress(OSError):  # whoever asked may have gone
            connection.send(str(process).encode())
            _pid, status = os.waitpid(process, 0)
            connection.send(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    connection.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    job = msgspec.json.decode(told, type=Job)
    os.environ.clear()
    os.environ.update((os.fsdecode(name), os.fsdecode(value)) for name, value in job.env)
    time.tzset()
    os.chdir(job.folder)
    return [os.fsdecode(word) for word in job.words]


def main() -> list[str]:
    """Load, listen and fork; returns the words of a command in its own process."""
    _load()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(sys.argv[1])
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        return _serve(listener)


if __name__ == "__main__":
    sys.argv = ["tracker", *main()]
    runpy.run_module("tracker", run_name="__main__", alter_sys=True)
