"""What the kernel says of a program and all it has started: memory, time on a core, wake-ups. Linux."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Effort:
    """What a process and its threads have done since they began: seconds on a core, and how often they slept.

    From the clock that the kernel keeps for each process, which knows of threads that have ended as well
    (clock_getcpuclockid(3)), and /proc/PID/task/TID/status (voluntary_ctxt_switches: each is a sleep, which
    ends with a wake-up): https://docs.kernel.org/filesystems/proc.html
    """

    seconds: float
    wakes: int

    def since(self, before: Effort) -> Effort:
        """Give what was done after `before`."""
        return Effort(self.seconds - before.seconds, self.wakes - before.wakes)


def family(pid: int) -> list[int]:
    """List a process and all that descend from it, itself first."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for each in found:
        found.extend(children.get(each, ()))
    return found


def pss_mb(pid: int) -> float:
    """Give the memory of a process and its descendants in MB (1,000,000 bytes), shared pages divided."""
    return sum(_pss_kib(each) for each in family(pid)) * 1024 / 1e6


def effort(pid: int) -> Effort:
    """Give what a process and its descendants have done."""
    processes = family(pid)
    threads = [thread for each in processes for thread in _threads(each)]
    return Effort(
        sum(_seconds(each) for each in processes),
        sum(_number(thread / "status", "voluntary_ctxt_switches:") for thread in threads),
    )


def seconds_of_all(pid: int) -> float:
    """Give the seconds on a core of a process, its descendants and those of its children that have ended."""
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    # cutime and cstime, the 16th and 17th fields of all.
    return effort(pid).seconds + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def connections_to(pid: int, port: int) -> int:
    """Count the open TCP connections of this one process to a port of loopback."""
    inodes = set()
    for handle in (_PROC / str(pid) / "fd").iterdir():
        with suppress(OSError):
            target = str(handle.readlink())
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    lines = (_PROC / "net" / "tcp").read_text().splitlines()[1:]
    wanted = f":{port:04X}"
    fields = [line.split() for line in lines]
    # Fields: address here, address there, state (01 is ESTABLISHED), …, inode.
    return sum(1 for each in fields if each[2].endswith(wanted) and each[3] == "01" and each[9] in inodes)


def _threads(pid: int) -> Iterator[Path]:
    with suppress(OSError):
        yield from (_PROC / str(pid) / "task").iterdir()


def _seconds(pid: int) -> float:
    # How Linux numbers the clock of a process: the complement of its id, then 2 for "time on a core".
    with suppress(OSError):
        return time.clock_gettime_ns(~pid << 3 | 2) / 1e9
    return 0.0


def _pss_kib(pid: int) -> int:
    return _number(_PROC / str(pid) / "smaps_rollup", "Pss:")


def _number(file: Path, name: str) -> int:
    """Give the number on the line of a file that begins with `name`; 0 when the process has ended."""
    with suppress(OSError):
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0
