"""Another network is told once it is there; a renewed lease or a lost cable is not."""

from __future__ import annotations

import socket
from pathlib import Path

import anyio
import pytest

from tracker.host.network_watch import watch_network, ways_out

pytestmark = pytest.mark.anyio
HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
WAY = frozenset({("eth0", "0101A8C0")})
OTHER = frozenset({("wlan0", "0100000A")})


async def test_only_another_way_out_is_told() -> None:
    kernel, events = socket.socketpair()
    events.setblocking(False)
    looks = [WAY, WAY, frozenset(), WAY, OTHER]
    told: list[int] = []
    seen = anyio.Event()

    def look() -> frozenset[tuple[str, str]]:
        now = looks.pop(0)
        seen.set()
        return now

    async with anyio.create_task_group() as tasks:
        watch = lambda: watch_network(  # noqa: E731
            lambda: told.append(len(looks)), listen=lambda: events, look=look, settled=0
        )
        tasks.start_soon(watch)
        with anyio.fail_after(10):
            while looks:
                seen = anyio.Event()
                kernel.send(b"something")
                await seen.wait()
            while not told:
                await anyio.lowlevel.checkpoint()
        tasks.cancel_scope.cancel()
    kernel.close()
    assert told == [0], "when the other one was there, and only then"


async def test_where_nothing_can_be_heard_the_watch_ends() -> None:
    await watch_network(lambda: None, listen=lambda: None)


async def test_the_kernel_lets_us_listen() -> None:
    with anyio.move_on_after(0.2) as waiting:
        await watch_network(lambda: None)
    assert waiting.cancelled_caught, "it waits for the kernel's word"


def test_default_routes_are_read(tmp_path: Path) -> None:
    four, six = tmp_path / "route", tmp_path / "ipv6_route"
    four.write_text(
        HEAD
        + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
        + "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
    )
    zero, gate = "0" * 32, "fe80" + "0" * 27 + "1"
    six.write_text(
        f"{zero} 00 {zero} 00 {gate} 00000400 00000002 0000002a 00000003 eth0\n"
        f"{zero} 00 {zero} 00 {zero} ffffffff 00000001 00000000 00200200 lo\n"
        f"{'fd' + zero[2:]} 40 {zero} 00 {zero} 00000100 00000001 00000000 00000001 eth0\n"
    )
    assert ways_out(four, six) == {("eth0", "0101A8C0"), ("eth0", gate)}


def test_files_that_are_not_there_or_make_no_sense_are_no_way_out(tmp_path: Path) -> None:
    bad = tmp_path / "route"
    bad.write_bytes(b"\xff\xfe\n\nx y\n")
    assert ways_out(bad, bad) == frozenset()
    assert ways_out(tmp_path / "none", tmp_path) == frozenset()
