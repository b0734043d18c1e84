"""On another network the desks are followed anew, and only where somebody follows one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest

from tests.core.house import LIMIT, House
from tracker.core.networking import start_over_elsewhere
from tracker.desks.base import Desk, DeskConfig, SecretSource
from tracker.model.errors import StoreError
from tracker.model.health import Condition


class Kernel:
    """Says that something happened; `ways` are the ways out from then on."""

    def __init__(self) -> None:
        self.ways = frozenset({("eth0", "0101A8C0")})
        self._mouth, self.ear = socket.socketpair()
        self.ear.setblocking(False)

    def move_to(self, gateway: str) -> None:
        self.ways = frozenset({("wlan0", gateway)})
        self._mouth.send(b"a route")

    def close(self) -> None:
        self._mouth.close()
        self.ear.close()


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    made = Kernel()
    monkeypatch.setattr("tracker.host.network_watch._listen", lambda: made.ear)
    monkeypatch.setattr("tracker.host.network_watch.ways_out", lambda: made.ways)
    yield made
    made.close()


class MovingHouse(House):
    """Knows how often a desk was opened to be followed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.opened = threading.Semaphore(0)

    def open_desk(self, config: DeskConfig, secret: SecretSource) -> Desk:
        self.opened.release()
        return super().open_desk(config, secret)


def test_another_network_opens_the_desk_anew(tmp_path: Path, kernel: Kernel) -> None:
    house = MovingHouse(tmp_path)
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        assert house.opened.acquire(timeout=LIMIT)  # proved
        assert house.opened.acquire(timeout=LIMIT)  # followed
        kernel.move_to("0100000A")
        assert house.opened.acquire(timeout=LIMIT), "followed anew"
        house.watcher.until(Condition.OK)


@pytest.mark.anyio
async def test_a_disk_that_fails_just_then_does_not_end_the_watch(kernel: Kernel) -> None:
    tried = 0

    def follow() -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            kernel.move_to("0200000A")
            raise StoreError("The disk is full.")
        tasks.cancel_scope.cancel()

    with anyio.fail_after(LIMIT):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(start_over_elsewhere, lambda: True, follow)
            await anyio.lowlevel.checkpoint()
            kernel.move_to("0100000A")
    assert tried == 2
