"""Which proxy leads to a host, by the environment, an address or the answer of a proxy configuration."""

from __future__ import annotations

import pytest

from tracker.desks.network import ProxyLogin
from tracker.desks.proxies import Proxy, is_excepted, parse_proxy, read_pac_answer, system_route

A, B = Proxy("http", "a.example", 3128), Proxy("https", "b.example", 443)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("http://a.example:3128", A),
        ("a.example:3128", A),
        (" http://a.example:3128/ ", A),
        ("https://b.example", B),
        ("http://[::1]:3128", Proxy("http", "::1", 3128)),
        ("http://a.example", Proxy("http", "a.example", 80)),
        ("http://jd%40x:p%3Aw@a.example:3128", Proxy("http", "a.example", 3128, ProxyLogin("jd@x", "p:w"))),
    ],
)
def test_an_address_of_a_proxy_is_read(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text",
    ["", "http://", "ftp://a.example", "http://a.example:x", "http://a.example:99999", "socks5://a:1", "a b"],
)
def test_what_is_no_proxy_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"proxy|SOCKS"):
        parse_proxy(text)


def test_a_password_in_an_address_is_shown_nowhere() -> None:
    proxy = parse_proxy("http://jane:hush-hush@a.example:3128")
    assert "hush" not in f"{proxy!r} {proxy} {proxy.name} {proxy.url} {proxy.login!r}"


@pytest.mark.parametrize(
    ("host", "exceptions"),
    [
        ("desk.example.org", "example.org"),
        ("desk.example.org", ".example.org"),
        ("desk.example.org", "*.example.org"),
        ("DESK.example.org", "other.org, Desk.Example.Org"),
        ("desk.example.org", "desk.example.org:443"),
        ("desk.example.org", "*"),
        ("10.1.2.3", "10.0.0.0/8"),
        ("10.1.2.3", "10.1.2.3"),
        ("10.1.2.3", "10.1.2.3:443"),
        ("fd00::1", "fd00::/8"),
        ("fd00::1", "[fd00::1]"),
        ("fd00::1", "[fd00::1]:443"),
    ],
)
def test_an_exception_holds(host: str, exceptions: str) -> None:
    assert is_excepted(host, 443, exceptions)


@pytest.mark.parametrize(
    ("host", "exceptions"),
    [
        ("desk.example.org", ""),
        ("desk.example.org", "ample.org"),
        ("desk.example.org", "desk.example.org:8443"),
        ("desk.example.org", "10.0.0.0/8 , ,"),
        ("11.1.2.3", "10.0.0.0/8"),
        ("10.1.2.3", "2.3"),
        ("10.1.2.3", "10.1.2.3/99"),
        ("fd00::1", "fe80::/10"),
    ],
)
def test_an_exception_for_others_does_not(host: str, exceptions: str) -> None:
    assert not is_excepted(host, 443, exceptions)


def test_the_environment_names_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://jane:hush-hush@a.example:3128")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,intranet.example")
    route = system_route("https", "desk.example.org", 443)
    assert [hop.name for hop in route.hops if hop is not None] == ["a.example:3128"]
    assert "hush" not in f"{route}"
    assert system_route("https", "desk.intranet.example", 443).hops == (None,)


def test_a_proxy_for_all_counts_where_none_is_named_for_https(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_route("https", "desk.example.org", 443).hops == (None,)
    monkeypatch.setenv("ALL_PROXY", "http://a.example:3128")
    assert system_route("https", "desk.example.org", 443).hops == (A,)


def test_an_environment_that_makes_no_sense_is_said_and_the_way_is_straight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://a.example:1080")
    route = system_route("https", "desk.example.org", 443)
    assert route.hops == (None,)
    assert "SOCKS" in route.trouble


def test_the_ways_of_a_configuration_are_tried_in_its_order() -> None:
    assert read_pac_answer("PROXY a.example:3128; HTTPS b.example ;DIRECT") == (A, B, None)
    assert read_pac_answer("SOCKS c.example:1080; proxy a.example:3128; PROXY a.example:3128;") == (A,)
    assert read_pac_answer("direct") == (None,)


@pytest.mark.parametrize("text", ["", ";", "SOCKS5 a:1", "PROXY", "undefined", "PROXY a b", "\0"])
def test_an_answer_that_names_no_way_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="names no proxy"):
        read_pac_answer(text)
