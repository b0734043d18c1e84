"""A company's proxy configuration: run in a process of its own, and whatever it does, for a short time."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from tests.rigs.pac_server import serving_script
from tracker.desks.pac import pac_route
from tracker.desks.proxies import Proxy, Route

pytestmark = pytest.mark.anyio
DESK = "https://desk.example.org/rt/?secret=1"
A = Proxy("http", "a.example", 3128)


async def no_tls() -> ssl.SSLContext:
    raise AssertionError("the configuration came without encryption")


async def route(body: str, *, whole: bytes | None = None, status: int = 200, patience: float = 20) -> Route:
    with serving_script(body, whole=whole, status=status) as pac_url:
        return await pac_route(pac_url, DESK, no_tls, patience)


async def test_a_configuration_chooses_by_the_host_and_never_sees_the_path() -> None:
    told = await route(
        'if (url == "https://desk.example.org/" && dnsDomainIs(host, ".example.org")'
        ' && shExpMatch(host, "desk.*") && !isPlainHostName(host) && myIpAddress() == "127.0.0.1")'
        ' return "PROXY a.example:3128; DIRECT"; return "DIRECT";'
    )
    assert told.hops == (A, None)
    assert "PROXY a.example:3128; DIRECT" in told.why
    assert not told.trouble


@pytest.mark.parametrize(
    ("body", "whole", "status", "said"),
    [
        ("throw 1;", None, 200, "gives no answer"),
        ("return 5;", None, 200, "names no proxy"),
        ("", b"<html>not here</html>", 200, "gives no answer"),
        ("", b"\xff\x00\xfe", 200, "gives no answer"),
        ("", b"", 200, "gives no answer"),
        ('return "DIRECT";', None, 404, "status 404"),
        ('return "DIRECT";', None, 302, "status 302"),
        ("", b"//" + b" " * 1_100_000, 200, "larger than any"),
    ],
)
async def test_a_configuration_that_is_none_means_the_straight_way_and_is_told(
    body: str, whole: bytes | None, status: int, said: str
) -> None:
    told = await route(body, whole=whole, status=status)
    assert told.hops == (None,)
    assert said in told.trouble


async def test_a_server_that_names_a_charset_there_is_not_is_understood_all_the_same() -> None:
    script = 'return "PROXY a.example:3128";'
    with serving_script(script, mime="application/x-ns-proxy-autoconfig; charset=none") as pac_url:
        told = await pac_route(pac_url, DESK, no_tls, 20)
    assert told.hops == (A,)


async def test_an_answer_without_end_is_not_kept() -> None:
    told = await route('var s = "x"; for (var i = 0; i < 22; i++) s += s; return s;')
    assert told.hops == (None,)
    assert "no end" in told.trouble


async def test_a_script_that_never_ends_is_ended() -> None:
    told = await route("while (true) {}", patience=2)
    assert told.hops == (None,)
    assert "in time" in told.trouble


async def test_a_configuration_that_is_not_there_is_told() -> None:
    told = await pac_route("http://127.0.0.1:9/proxy.pac", DESK, no_tls)
    assert told.hops == (None,)
    assert "could not be fetched" in told.trouble


async def test_a_helper_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    told = await route('return "DIRECT";')
    assert told.hops == (None,)
    assert told.trouble
